package confirm_test

import (
	"fmt"
	"slices"
	"testing"

	"joinery/app/confirm"
	"joinery/app/journeytest"
	"joinery/app/member"
)

// wantLinkCode types a code on the page of a link and wants this result.
func wantLinkCode(t *testing.T, j *journeytest.Journey, token, typed string, c member.Choice, want confirm.CodeResult, left int) {
	t.Helper()
	got, n, err := j.Confirm.VerifyCodeForLink(t.Context(), j.ConfirmLink(t, token), typed, c)
	if err != nil || got != want || n != left {
		t.Errorf("typed on the page of the link, %q is %s with %d attempts left, %v, want %s and %d", typed, got, n, err, want, left)
	}
}

// wantReplaced wants the application of a link to be replaced and forgotten, and
// the link to confirm nothing.
func wantReplaced(t *testing.T, j *journeytest.Journey, token string) {
	t.Helper()
	l := j.ConfirmLink(t, token)
	if l.Status != confirm.Replaced || l.Found().State != member.Replaced || l.Recipient() != "" {
		t.Errorf("the old application is %+v, want it replaced and forgotten", l)
	}
	journeytest.Must(t, j.Confirm.Confirm(t.Context(), l, ""))
	j.WantCount(t, "members", 0)
	j.WantCount(t, "applications WHERE state = 'waiting'", 1)
}

// wantState wants the application of a browser to be in a state.
func wantState(t *testing.T, j *journeytest.Journey, session string, want member.State) {
	t.Helper()
	if a := j.MustApplication(t, session); a.State != want {
		t.Errorf("the application of the browser is %s, want %s", a.State, want)
	}
}

// wantDiscarded wants the answers of these drafts, and of no others, to be still to
// be deleted.
func wantDiscarded(t *testing.T, j *journeytest.Journey, want ...string) {
	t.Helper()
	got, err := j.Access.Discarded(t.Context(), 10)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the discarded drafts are %q, %v, want %q", got, err, want)
	}
}

// wantKept wants the draft store to keep these drafts and no others.
func wantKept(t *testing.T, j *journeytest.Journey, want ...string) {
	t.Helper()
	got := slices.Compact(slices.Sorted(slices.Values(j.KeptDrafts(t))))
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("the store keeps the drafts %q, want %q", got, want)
	}
}

// exec changes the file of members behind the back of the stores.
func exec(t *testing.T, j *journeytest.Journey, query string, args ...any) {
	t.Helper()
	_, err := j.File.Write().ExecContext(t.Context(), query, args...)
	journeytest.Must(t, err)
}

// refuse has the file of members refuse a step, such as "INSERT ON links", until
// the returned function is called.
func refuse(t *testing.T, j *journeytest.Journey, step string) (allow func()) {
	t.Helper()
	exec(t, j, fmt.Sprintf(`CREATE TRIGGER refuse BEFORE %s BEGIN SELECT RAISE(ABORT, 'refused'); END`, step))
	return func() { exec(t, j, `DROP TRIGGER refuse`) }
}
