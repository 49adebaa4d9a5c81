package draft

import (
	"errors"
	"testing"

	"joinery/app/seal"
)

// FuzzOpenSection checks that whatever is in the place of a section opens as one that can
// be saved again, or is an error that quotes nothing.
func FuzzOpenSection(f *testing.F) {
	id := ID{Key: "key", Seal: seal.NewKey(), MayBeClear: true} // or no clear text is decoded
	whole, err := id.seal("about", Section{Form: "1"})
	if err != nil {
		f.Fatal(err)
	}
	for _, content := range []string{string(whole), "", "{", `{"answers":{"a":["b"]},"done":true}`, `{"answers":[]}`, `{"rough":null}`, "\x01", "\x02{}"} {
		f.Add([]byte(content))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		section, err := id.openSection("about", sealedSection{content, 1})
		switch {
		case err == nil:
			if _, err := id.seal("about", section); err != nil {
				t.Errorf("what was opened cannot be saved again: %v", err)
			}
		case !errors.Is(err, errCorrupt) && !errors.Is(err, seal.ErrSealed):
			t.Errorf("it is %v", err)
		}
	})
}
