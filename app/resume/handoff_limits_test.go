package resume_test

import (
	"fmt"
	"testing"
	"time"

	"joinery/app/journeytest"
	"joinery/app/resume"
)

// TestANetworkHasFewAttemptsToo has a device call itself something else at each
// attempt.
func TestANetworkHasFewAttemptsToo(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	old := b.HandoffCode(t)
	j.Pass(time.Second)
	from := func(i int) resume.Client { return resume.Client{Device: fmt.Sprint("device ", i), Network: "network"} }
	for i := range resume.NetworkAttempts {
		_, left, err := j.Resume.CheckHandoff(t.Context(), "AAAA AAAA", from(i))
		if want := min(resume.DeviceAttempts-1, resume.NetworkAttempts-1-i); err != nil || left != want {
			t.Fatalf("after %d attempts of a network %d are left, %v, want %d", i+1, left, err, want)
		}
	}
	for name, want := range map[string]resume.Status{"network": resume.Crowded, "another": resume.Open} {
		got, _, err := j.Resume.CheckHandoff(t.Context(), old, resume.Client{Device: "a new device", Network: name})
		if err != nil || got.Status != want {
			t.Errorf("in %s the code is %s, %v, want %s", name, got.Status, err, want)
		}
	}
	j.Pass(time.Second)
	if got, _, err := j.Resume.CheckHandoff(t.Context(), b.HandoffCode(t), from(0)); err != nil || got.Status != resume.Open {
		t.Errorf("a code made since is %s, %v, want open", got.Status, err)
	}
}

// TestAllNetworksTogetherHaveALimit has the attempts of many networks made before. The
// limit ends with its minutes, though wrong codes are typed all the time.
func TestAllNetworksTogetherHaveALimit(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	guess(t, j, "another network")
	setAttempts(t, j, resume.AllAttempts)
	j.WantHandoffCode(t, "a device", b.HandoffCode(t), resume.Crowded, 0)
	j.WantCount(t, "attempts", 3) // which guesses do not make grow
	for i := range 11 {
		j.Pass(time.Minute)
		guess(t, j, fmt.Sprint("network ", i))
	}
	j.WantHandoffCode(t, "a device", b.HandoffCode(t), resume.Open, 0)
}

// TestOneNetworkDoesNotUseUpTheAttemptsOfAll has a network go on beyond its own limit.
func TestOneNetworkDoesNotUseUpTheAttemptsOfAll(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	code := j.Begun(t).HandoffCode(t)
	guess(t, j, "one network")
	setAttempts(t, j, resume.AllAttempts-1)
	for range 3 {
		guess(t, j, "one network")
	}
	j.WantHandoffCode(t, "a device", code, resume.Open, 0)
}

// TestARightCodeTakesBackOnlyWhatItCounted has a right code typed beyond the limit of all,
// by a device that mistyped before.
func TestARightCodeTakesBackOnlyWhatItCounted(t *testing.T) {
	t.Parallel()
	j := journeytest.New(t)
	b := j.Begun(t)
	j.WantHandoffCode(t, "phone", "AAAA AAAA", resume.Mistyped, 4)
	_, err := j.File.Write().ExecContext(t.Context(), `UPDATE attempts SET count = $1 WHERE rowid = 1`, resume.AllAttempts)
	journeytest.Must(t, err)
	j.Pass(time.Second)
	j.WantHandoffCode(t, "phone", b.HandoffCode(t), resume.Open, 0)
	j.WantCount(t, "attempts WHERE count = 1", 2) // of the device and of its network
}

// guess types a wrong code in a network.
func guess(t *testing.T, j *journeytest.Journey, network string) {
	t.Helper()
	_, _, err := j.Resume.CheckHandoff(t.Context(), "AAAA AAAA", resume.Client{Device: "guesser", Network: network})
	journeytest.Must(t, err)
}

// setAttempts has every client made n attempts.
func setAttempts(t *testing.T, j *journeytest.Journey, n int) {
	t.Helper()
	_, err := j.File.Write().ExecContext(t.Context(), `UPDATE attempts SET count = $1`, n)
	journeytest.Must(t, err)
}
