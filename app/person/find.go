package person

import (
	"context"
	"math"
	"strings"
	"time"

	"joinery/app/access"
	"joinery/app/member"
)

// Found is what Find has found.
type Found struct {
	Members []member.Member
	Waiting []member.Application
	Drafts  []access.DraftInfo // that have not ended
	More    bool               // there is more of one of these
}

// endOfTime is later than any draft ends.
var endOfTime = time.Unix(math.MaxInt32*10, 0)

// Find returns the members and the waiting applications with a text in their ID, address or
// answers, and the drafts with the text in an address, at most so many of each. Case does
// not matter. It does not look at the answers of drafts: nobody has sent them.
func (s *Stores) Find(ctx context.Context, text string, most int) (f Found, err error) {
	if f.Members, f.Waiting, err = s.members.Search(ctx, text, most+1); err != nil {
		return f, err
	}
	infos, err := s.browsers.ExpiringBefore(ctx, endOfTime, math.MaxInt32)
	if err != nil {
		return f, err
	}
	text = strings.ToLower(strings.TrimSpace(text))
	for _, info := range infos {
		if len(f.Drafts) <= most && strings.Contains(strings.ToLower(info.AnsweredEmail+"\n"+info.ContactEmail), text) {
			f.Drafts = append(f.Drafts, info)
		}
	}
	f.Members, f.More = cut(f.Members, most, f.More)
	f.Waiting, f.More = cut(f.Waiting, most, f.More)
	f.Drafts, f.More = cut(f.Drafts, most, f.More)
	return f, nil
}

// cut returns at most so many of a list, and whether there is more of it, or was of another.
func cut[T any](all []T, most int, more bool) ([]T, bool) {
	if len(all) > most {
		return all[:most], true
	}
	return all, more
}
