// Package welcome says what a new member can do right away. The page and the
// letter that welcome a member show the same.
package welcome

import "joinery/app/i18n"

// Places are the pages of the organization for its members, as URLs by language. Each
// has a URL in every language, or in none: then it is not shown.
type Places struct {
	Members  i18n.Text // where members meet
	Programs i18n.Text // the awards, fellowships and mentorship that members can apply for
	News     i18n.Text // what the organization tells its members
}

// A Card leads a new member to one of the places.
type Card struct {
	Key   string // names the card and its drawing
	Title string // what the member can do there; the words of the link
	Text  string // a sentence more
	URL   string
}

// Cards returns a card in l for each of the places that there are.
func (p Places) Cards(l i18n.Lang) []Card {
	var cards []Card
	for _, c := range []Card{
		{"members", i18n.T(l, "welcome.members.title"), i18n.T(l, "welcome.members.text"), p.Members.In(l)},
		{"programs", i18n.T(l, "welcome.programs.title"), i18n.T(l, "welcome.programs.text"), p.Programs.In(l)},
		{"news", i18n.T(l, "welcome.news.title"), i18n.T(l, "welcome.news.text"), p.News.In(l)},
	} {
		if c.URL != "" {
			cards = append(cards, c)
		}
	}
	return cards
}
