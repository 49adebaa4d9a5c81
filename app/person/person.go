// Package person gathers what the program holds of one person, who is named by an address,
// and erases it.
//
// # Whose a draft is
//
// Anybody can write any address into a draft, or ask for mail about it there. A draft for
// which no mailbox was proven, or last that of the address, counts as of the address: the
// reader of the mailbox can ask for a link to it, and delete it. A draft for which another
// mailbox was proven is that of its reader, and only mentions the address.
package person

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"joinery/app/access"
	"joinery/app/consent"
	"joinery/app/db"
	"joinery/app/draft"
	"joinery/app/form"
	"joinery/app/mail"
	"joinery/app/member"
	"joinery/app/seal"
)

// Stores are where the program holds what it knows of people.
type Stores struct {
	file     *db.DB
	ring     *seal.Ring
	drafts   draft.Store
	members  *member.Store
	browsers *access.Store
	consents *consent.Store
}

// New returns the stores in file, which seal with ring, and drafts.
func New(file *db.DB, ring *seal.Ring, drafts draft.Store) *Stores {
	return &Stores{file, ring, drafts, member.NewStore(file, ring), access.NewStore(file, ring), consent.NewStore(file, ring)}
}

// Held is all that is held of a person.
type Held struct {
	Members  []Member // several, if members share the address
	Waiting  []member.Application
	Changes  []member.AddressChange // not confirmed yet: of the members, and of others to the address
	Drafts   []Draft
	Consents []consent.Record // of the members, and of those with the address that have left
	Letters  []mail.Record
}

// A Member is a member with the answers that they had before and may put back.
type Member struct {
	member.Member
	Former []member.Former
}

// A Draft is an unfinished application.
type Draft struct {
	access.DraftInfo
	Content   draft.Draft
	Mentioned bool // it is another person's, and only mentions the address
}

// SectionsIn returns the keys of the sections that a draft has, in the order of a form.
func (d Draft) SectionsIn(f *form.Definition) []string {
	place := func(key string) int {
		return slices.IndexFunc(f.Sections, func(s form.Section) bool { return s.Key == key })
	}
	return slices.SortedFunc(maps.Keys(d.Content.Sections), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a, b))
	})
}

// IsEmpty reports whether nothing is held but, perhaps, proofs.
func (h Held) IsEmpty() bool {
	return len(h.Members)+len(h.Waiting)+len(h.Drafts)+len(h.Letters)+len(h.Changes) == 0
}

// Own returns how many drafts are the person's own.
func (h Held) Own() (n int) {
	for _, d := range h.Drafts {
		if !d.Mentioned {
			n++
		}
	}
	return n
}

// HasMember reports whether a member with an ID has the address.
func (h Held) HasMember(id string) bool {
	return slices.ContainsFunc(h.Members, func(m Member) bool { return m.ID == id })
}

// ChangesOfOthers returns the changes by which members who do not have the address are to get
// it.
func (h Held) ChangesOfOthers() (all []member.AddressChange) {
	for _, c := range h.Changes {
		if !h.HasMember(c.Member) {
			all = append(all, c)
		}
	}
	return all
}

// most is how many applications or drafts of one address are looked at.
const most = 100_000

// Of returns all that is held of a person with an address, in upper or lower case.
func (s *Stores) Of(ctx context.Context, address string) (h Held, err error) {
	var err1, err2, err3, err4, err5, err6 error
	h.Members, err1 = s.membersOf(ctx, address)
	h.Waiting, err2 = s.members.WaitingByEmail(ctx, address, most)
	h.Drafts, err3 = s.draftsOf(ctx, address)
	h.Changes, err6 = s.members.OpenAddressChanges(ctx, address)
	h.Letters, err4 = mail.LettersTo(ctx, s.file, s.ring, address)
	err5 = s.consents.EachOf(ctx, address, func(r consent.Record) error {
		h.Consents = append(h.Consents, r)
		return nil
	})
	return h, errors.Join(err1, err2, err3, err4, err5, err6)
}

func (s *Stores) membersOf(ctx context.Context, address string) (all []Member, err error) {
	sharing, err := s.members.Sharing(ctx, address)
	if err != nil {
		return nil, err
	}
	for _, m := range sharing {
		former, err := s.members.FormerOf(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, Member{m, former})
	}
	return all, nil
}

// draftsOf returns the drafts that have answers.
func (s *Stores) draftsOf(ctx context.Context, address string) (all []Draft, err error) {
	infos, err := s.browsers.ByEmail(ctx, address, most)
	if err != nil {
		return nil, err
	}
	for _, info := range infos {
		content, err := s.drafts.Load(ctx, draft.ID{Key: info.Draft, Seal: info.Key, MayBeClear: info.MayBeClear})
		if errors.Is(err, draft.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, Draft{info, content, mentioned(info, address)})
	}
	return all, nil
}

// mentioned reports whether a draft is another person's.
func mentioned(info access.DraftInfo, address string) bool {
	return info.AnyProven() && !info.Proven(address)
}
