package draft

import (
	"encoding/json"
	"errors"

	"joinery/app/form"
)

// stored is a Section in the JSON form that both stores keep sealed, beside its version.
// It has the fields of Section, so that the compiler finds a missing one.
type stored struct {
	Answers    form.Answers `json:"answers"`
	Invalid    form.Answers `json:"rough,omitzero"`
	Form       string       `json:"form"`
	InProgress bool         `json:"left,omitempty"`
	Completed  bool         `json:"done,omitempty"`
	Refused    bool         `json:"refused,omitempty"`
	Version    int64        `json:"-"`
}

func encode(s Section) ([]byte, error) { return json.Marshal(stored(s)) }

// errCorrupt takes the place of errors of encoding/json and strconv, which may quote
// answers.
var errCorrupt = errors.New("something else than this program writes is in the store")

func decode(text []byte, version int64) (Section, error) {
	s := stored{Version: version}
	if json.Unmarshal(text, &s) != nil {
		return Section{}, errCorrupt
	}
	return Section(s), nil
}
