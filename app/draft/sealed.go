package draft

import (
	"errors"
	"fmt"

	"joinery/app/seal"
)

// The first byte of a section in a store: sealed, or as an earlier version saved it.
const (
	sealed  = 1
	inClear = '{'
)

// A sealedSection is a section as a store keeps it.
type sealedSection struct {
	content []byte
	version int64
}

// seal returns a section as a store keeps it. It opens only as that section of that draft.
// It returns ErrNotFound when the key of the draft is gone.
func (id ID) seal(section string, s Section) ([]byte, error) {
	if id.Seal.IsZero() {
		return nil, ErrNotFound
	}
	text, err := encode(s)
	if err != nil {
		return nil, fmt.Errorf("draft: save: %w", err)
	}
	return append([]byte{sealed}, id.Seal.Seal(id.about(section), text)...), nil
}

func (id ID) about(section string) string { return id.Key + "\x00" + section }

// open returns the sections of a draft, or ErrNotFound if none that was sealed opens: all were
// sealed with another key, and that one is gone, though others may be in clear.
func (id ID) open(all map[string]sealedSection) (map[string]Section, error) {
	if id.Seal.IsZero() {
		return nil, ErrNotFound
	}
	sections := make(map[string]Section)
	var opened, closed int
	for name, s := range all {
		section, err := id.openSection(name, s)
		switch {
		case errors.Is(err, seal.ErrSealed):
			closed++
			continue
		case err != nil:
			return nil, err
		case !s.inClear():
			opened++
		}
		sections[name] = section
	}
	switch {
	case closed == 0:
		return sections, nil
	case opened == 0:
		return nil, ErrNotFound
	}
	return nil, errCorrupt
}

// inClear reports whether s is as an earlier version has saved it.
func (s sealedSection) inClear() bool { return len(s.content) > 0 && s.content[0] == inClear }

func (id ID) openSection(name string, s sealedSection) (Section, error) {
	switch {
	case s.inClear() && id.MayBeClear:
		return decode(s.content, s.version)
	case s.inClear():
		return Section{}, seal.ErrSealed
	case len(s.content) == 0 || s.content[0] != sealed:
		return Section{}, errCorrupt
	}
	text, err := id.Seal.Open(id.about(name), s.content[1:])
	if err != nil {
		return Section{}, err
	}
	return decode(text, s.version)
}
