package welcome

import (
	"testing"

	"joinery/app/i18n"
)

func TestOnlyPlacesThatAreSetHaveACard(t *testing.T) {
	both := func(url string) i18n.Text { return i18n.Text{i18n.English: url + "/en", i18n.French: url + "/fr"} }
	tests := []struct {
		name   string
		places Places
		want   []string
	}{
		{"none", Places{}, nil},
		{"one", Places{News: both("n")}, []string{"n"}},
		{"all, the members first", Places{News: both("n"), Programs: both("p"), Members: both("m")}, []string{"m", "p", "n"}},
	}
	for _, l := range i18n.Languages {
		for _, tt := range tests {
			t.Run(string(l)+", "+tt.name, func(t *testing.T) {
				cards := tt.places.Cards(l)
				if len(cards) != len(tt.want) {
					t.Fatalf("there are the cards %v, want those of %v", cards, tt.want)
				}
				for i, c := range cards {
					if c.URL != tt.want[i]+"/"+string(l) || c.Title == "" || c.Text == "" {
						t.Errorf("card %d is %+v, want one to %s in %s", i, c, tt.want[i], l)
					}
				}
			})
		}
	}
}
