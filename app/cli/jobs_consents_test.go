package cli

import (
	"testing"
	"testing/synctest"
	"time"

	"joinery/app/journeytest"
)

// TestTheProofOfConsentsEnds some time after the member has left.
func TestTheProofOfConsentsEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := journeytest.New(t, shortLived)
		defer working(t, j, quiet)()
		j.Submitted(t)
		j.ConfirmNewest(t)
		j.MembersLeave(t)
		const proven = "consents WHERE member <> '' AND wording <> ''"
		time.Sleep(24*time.Hour + 30*time.Minute) // the job of the first hour sees that the member has left
		synctest.Wait()
		j.WantCount(t, proven, 2)
		time.Sleep(time.Hour)
		synctest.Wait()
		j.WantCount(t, proven, 0)
	})
}
