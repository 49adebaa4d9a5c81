package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"joinery/app/form"
	"joinery/app/member"
	"joinery/app/person"
)

// checkWhich returns an error unless it is certain who is to be erased.
func (e erasure) checkWhich(held person.Held, questions *form.Definition) error {
	members, waiting := len(held.Members), len(held.Waiting)
	switch sharing := sharingInWords(held, questions); {
	case e.waiting && waiting == 0:
		return errors.New("no application with this address waits")
	case e.waiting:
		return nil
	case e.member == "" && !e.all && len(sharing) > 1:
		return fmt.Errorf("%s share this address: add %s", strings.Join(sharing, ", and "), choices(held))
	case e.member == "" && !e.all && members == 0 && waiting > 1:
		return fmt.Errorf("%s share this address: they may be of different people. Add --waiting for all of them", sharing[0])
	}
	return e.checkMembers(held, questions)
}

// sharingInWords lists what may be of different people: members, applications that wait, and
// changes by which other members are to get the address.
func sharingInWords(held person.Held, questions *form.Definition) (words []string) {
	if n := len(held.Members); n > 0 {
		words = append(words, fmt.Sprintf("%s, %s", count(n, "member"), membersInWords(held, questions)))
	}
	if n := len(held.Waiting); n > 0 {
		words = append(words, fmt.Sprintf("%s (%s)", count(n, "waiting application"), waitingInWords(held, questions)))
	}
	if others := held.ChangesOfOthers(); len(others) > 0 {
		var ids []string
		for _, c := range others {
			ids = append(ids, c.Member)
		}
		words = append(words, fmt.Sprintf("%s of other members to it (%s)", count(len(others), "change"), strings.Join(ids, ", ")))
	}
	return words
}

// choices lists the flags that say who is meant.
func choices(held person.Held) (flags string) {
	if len(held.Members) > 0 {
		flags += "--member with an ID, "
	}
	if len(held.Waiting) > 0 {
		flags += "--waiting, "
	}
	return flags + "or --all"
}

// checkStill returns an error if others have the address than were found before.
func checkStill(before, now person.Held) error {
	same := slices.EqualFunc(before.Members, now.Members, func(a, b person.Member) bool { return a.ID == b.ID }) &&
		slices.EqualFunc(before.Waiting, now.Waiting, func(a, b member.Application) bool { return a.ID == b.ID }) &&
		slices.EqualFunc(before.Changes, now.Changes, func(a, b member.AddressChange) bool { return a.Selector == b.Selector })
	if !same {
		return errors.New("nothing is erased: what is held has changed meanwhile. Look at it again")
	}
	return nil
}

// checkMembers returns an error unless it is certain which members are meant.
func (e erasure) checkMembers(held person.Held, questions *form.Definition) error {
	known := held.HasMember(e.member)
	switch {
	case e.member != "" && !known && len(held.Members) == 0:
		return errors.New("no member has this address")
	case e.member != "" && !known:
		return fmt.Errorf("no member with this address has the ID %q; there are %s", e.member, membersInWords(held, questions))
	case e.member == "" && !e.all && len(held.Members) > 1:
		return fmt.Errorf("%d members share this address, %s: add --member with one of the IDs, or --all", len(held.Members), membersInWords(held, questions))
	}
	return nil
}

// membersInWords lists members by ID and first name.
func membersInWords(held person.Held, questions *form.Definition) string {
	var words []string
	for _, m := range held.Members {
		words = append(words, fmt.Sprintf("%s (%s)", m.ID, firstName(m.Answers, questions)))
	}
	return strings.Join(words, ", ")
}

// waitingInWords lists applications that wait by first name.
func waitingInWords(held person.Held, questions *form.Definition) string {
	var words []string
	for _, a := range held.Waiting {
		words = append(words, firstName(a.Answers, questions))
	}
	return strings.Join(words, ", ")
}

func firstName(answers form.Answers, questions *form.Definition) string {
	return cmp.Or(questions.FirstName(answers), "without a name")
}

// writeFound says what is held, and so is about to be erased.
func (e erasure) writeFound(out io.Writer, held person.Held, questions *form.Definition) {
	switch {
	case e.member != "":
		fmt.Fprintf(out, "The member %s is to be erased. Members with this address: %s.\n", e.member, membersInWords(held, questions))
		return
	case e.waiting:
		fmt.Fprintf(out, "To be erased is what waits: %s (%s).\n", count(len(held.Waiting), "application"), waitingInWords(held, questions))
		return
	}
	fmt.Fprint(out, "There are:\n")
	for _, m := range held.Members {
		fmt.Fprintf(out, "  the member %s (%s), with %s\n", m.ID, firstName(m.Answers, questions), count(len(m.Former), "former answer"))
	}
	for _, a := range held.Waiting {
		fmt.Fprintf(out, "  an application that waits (%s)\n", firstName(a.Answers, questions))
	}
	for _, c := range held.Changes {
		fmt.Fprintf(out, "  a new address of the member %s, not confirmed\n", c.Member)
	}
	fmt.Fprintf(out, "  %s\n  %s\n", count(held.Own(), "draft"), count(len(held.Letters), "letter"))
}
