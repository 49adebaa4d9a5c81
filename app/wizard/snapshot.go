package wizard

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/token"
)

// A Snapshot is what one showing of a page of questions was made from. The page
// sends it back with the answers, so that nothing is overwritten that it did
// not show.
type Snapshot struct {
	Version int64  // of the section
	Page    string // names this showing
	Draft   string // tells the draft from others; "": there was none
	Form    string // tells the version of the form from others
	Values  string // tells of each question whether its answer is as it was shown
}

// Snapshot returns what a page is made from that shows section of d.
func (w *Wizard) Snapshot(d draft.Draft, section *form.Section) Snapshot {
	return Snapshot{
		Version: d.Sections[section.Key].Version,
		Page:    token.Secret()[:10],
		Draft:   token.ShortID(d.Key),
		Form:    token.ShortID(w.Form.Version),
		Values:  answerDigests(section, d.Typed(w.Form)),
	}
}

// String returns s as a page carries it.
func (s Snapshot) String() string {
	return fmt.Sprintf("%d-%s-%s-%s-%s", s.Version, s.Page, s.Draft, s.Form, s.Values)
}

// ParseSnapshot reads what String wrote. Anything else is the zero Snapshot: that
// of a page that has shown nothing.
func ParseSnapshot(text string) Snapshot {
	parts := strings.Split(text, "-")
	if len(parts) != 5 || len(text) > 1000 {
		return Snapshot{}
	}
	version, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || version < 0 {
		return Snapshot{}
	}
	return Snapshot{Version: version, Page: parts[1], Draft: parts[2], Form: parts[3], Values: parts[4]}
}

// NotHeld reports whether the page showed a draft that its browser does not hold: the
// applicant has left the browser, or it holds another draft. A browser still holds a draft
// that was deleted or has expired, while its session stands.
func (s Snapshot) NotHeld(p Progress) bool {
	return s.Draft != "" && s.Draft != token.ShortID(p.Info.Draft) && (p.Info.Draft != "" || p.Session == "")
}

// digestSize is how many characters tell whether an answer is as it was. One
// change in 4096 goes unnoticed: then the page that compares the two answers has
// the stored one chosen.
const digestSize = 3

// answerDigests returns a few characters for each field of section.
func answerDigests(section *form.Section, all form.Answers) string {
	var b strings.Builder
	for i := range section.Fields {
		sum := sha256.Sum256([]byte(strings.Join(comparedValues(all[section.Fields[i].Key]), "\x00")))
		b.WriteString(hex.EncodeToString(sum[:])[:digestSize])
	}
	return b.String()
}

// changed reports whether the answer to the ith question of section is not as
// the page showed it.
func (s Snapshot) changed(section *form.Section, i int, all form.Answers) bool {
	now := answerDigests(section, all)
	if len(s.Values) != len(now) {
		return true
	}
	return s.Values[i*digestSize:(i+1)*digestSize] != now[i*digestSize:(i+1)*digestSize]
}
