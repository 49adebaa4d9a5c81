package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"joinery/app/form"
	"joinery/app/person"
)

// checkWhich returns an error unless it is certain who is to be erased.
func (e erasure) checkWhich(held person.Held, questions *form.Definition) error {
	members, waiting := len(held.Members), len(held.Waiting)
	switch {
	case e.waiting && waiting == 0:
		return errors.New("no application with this address waits")
	case e.waiting:
		return nil
	case e.member == "" && !e.all && members > 0 && waiting > 0:
		return fmt.Errorf("%s, %s, and %s (%s) share this address: add --member with an ID, --waiting, or --all",
			count(members, "member"), membersInWords(held, questions), count(waiting, "waiting application"), waitingInWords(held, questions))
	}
	return e.checkMembers(held, questions)
}

// checkMembers returns an error unless it is certain which members are meant.
func (e erasure) checkMembers(held person.Held, questions *form.Definition) error {
	known := slices.ContainsFunc(held.Members, func(m person.Member) bool { return m.ID == e.member })
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
	for range held.Changes {
		fmt.Fprintln(out, "  a new address of a member, not confirmed")
	}
	fmt.Fprintf(out, "  %s\n  %s\n", count(held.Own(), "draft"), count(len(held.Letters), "letter"))
}
