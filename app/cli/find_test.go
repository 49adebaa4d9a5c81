package cli

import "testing"

func TestPeopleAreFound(t *testing.T) {
	t.Parallel()
	s := newConsentSite(t)
	s.draftOf(t, "zoe@example.ca")
	s.mustRun(t, "find ZOE", `KIND +FIRST NAME +ADDRESS +WHEN +ID`,
		`member +Zoe@example.ca +confirmed 1969-12-31 19:00 +B`, `draft +zoe@example.ca +kept until 20\d\d-\d\d-\d\d \d\d:\d\d +`)
	s.mustRun(t, "find Łucja", `Nothing is found\.`) // of a draft, only the address is looked at
	s.mustRun(t, "find nobody --json", `(?s)\{\n  "found": \[\],\n  "more": false\n\}`)
}
