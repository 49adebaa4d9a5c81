package draft

import (
	"encoding/json"
	"errors"
	"time"

	"joinery/app/form"
)

// stored is a Section as both stores keep it, in JSON; its version stands
// beside it. It has the fields of Section, so that none can be forgotten.
type stored struct {
	Answers    form.Answers `json:"answers"`
	Invalid    form.Answers `json:"rough,omitzero"`
	Form       string       `json:"form"`
	InProgress bool         `json:"left,omitempty"`
	Completed  bool         `json:"done,omitempty"`
	Version    int64        `json:"-"`
}

func encode(s Section) (string, error) {
	text, err := json.Marshal(stored(s))
	return string(text), err
}

// errCorrupt stands for what encoding/json and strconv would say, which may
// quote what somebody answered.
var errCorrupt = errors.New("something else than this program writes is in the store")

func decode(text string, version int64) (Section, error) {
	s := stored{Version: version}
	if json.Unmarshal([]byte(text), &s) != nil {
		return Section{}, errCorrupt
	}
	return Section(s), nil
}

// expiryCutoff returns a time in Unix milliseconds: a draft that was last saved then
// or before has expired now.
func expiryCutoff(now time.Time, ttl time.Duration) int64 { return now.Add(-ttl).UnixMilli() }

// autosavePage returns the page whose saves may follow s though their base is an
// earlier one, or "".
func (s Save) autosavePage() string {
	if s.Autosave {
		return s.Page
	}
	return ""
}
