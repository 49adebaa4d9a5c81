package address

import (
	"strings"
	"testing"
)

func TestFindFault(t *testing.T) {
	tests := []struct {
		name, typed string
		want        Fault
	}{
		{"right", "zoe@example.ca", Fault{}},
		{"right and international", "zoe@école.ca", Fault{}},

		{"no at sign", "zoe.example.ca", Fault{Kind: NoAt}},
		{"no at sign but the word", "zoe at example.ca", Fault{Kind: NoAt}},
		{"at sign of full width", "zoe＠example.ca", Fault{Kind: WrongAt, Sign: "＠"}},
		{"small at sign", "zoe﹫example.ca", Fault{Kind: WrongAt, Sign: "﹫"}},
		{"two at signs", "zoe@home@example.ca", Fault{Kind: SeveralAts}},
		{"two at signs beside each other", "zoe@@example.ca", Fault{Kind: SeveralAts}},
		{"two addresses", "zoe@example.ca, ann@example.ca", Fault{Kind: SeveralAts}},
		{"at signs come before accents", "zoé@home@example.ca", Fault{Kind: SeveralAts}},

		{"blank before the at sign", "zoe roy@example.ca", Fault{Kind: Blank}},
		{"blank behind the at sign", "zoe@example ca", Fault{Kind: Blank}},
		{"blank that does not break", "zoe\u00a0roy@example.ca", Fault{Kind: Blank}},
		{"wide blank", "zoe\u3000roy@example.ca", Fault{Kind: Blank}},
		{"name before the address", "Zoe Roy <zoe@example.ca>", Fault{Kind: Blank}},

		{"accent", "zoé@example.ca", Fault{Kind: SignBefore, Sign: "é"}},
		{"accent of its own", "zoe\u0301@example.ca", Fault{Kind: SignBefore, Sign: "é"}},
		{"accent that no composed letter has", "zq\u0301@example.ca", Fault{Kind: SignBefore, Sign: "q\u0301"}},
		{"capital with an accent", "ÉZÔ@example.ca", Fault{Kind: SignBefore, Sign: "É"}},
		{"accent on both sides", "zoé@école.ca", Fault{Kind: SignBefore, Sign: "é"}},
		{"typographic apostrophe", "o’neil@example.ca", Fault{Kind: SignBefore, Sign: "’"}},
		{"colon", "mailto:zoe@example.ca", Fault{Kind: SignBefore, Sign: ":"}},
		{"angle bracket", "<zoe@example.ca>", Fault{Kind: SignBefore, Sign: "<"}},
		{"quotation mark", `"zoe"@example.ca`, Fault{Kind: SignBefore, Sign: `"`}},
		{"emoji", "zoe🙂@example.ca", Fault{Kind: SignBefore, Sign: "🙂"}},
		{"Cyrillic letter that looks Latin", "zоe@example.ca", Fault{Kind: LetterBefore, Sign: "о"}},
		{"Chinese", "李@example.ca", Fault{Kind: LetterBefore, Sign: "李"}},
		{"Arabic", "نور@example.ca", Fault{Kind: LetterBefore, Sign: "ن"}},

		{"semicolon at the end", "zoe@example.ca;", Fault{Kind: SignAfter, Sign: ";"}},
		{"comma for a dot", "zoe@example,ca", Fault{Kind: SignAfter, Sign: ","}},
		{"underscore in the domain", "zoe@my_school.ca", Fault{Kind: SignAfter, Sign: "_"}},
		{"angle bracket behind", "zoe@example.ca>", Fault{Kind: SignAfter, Sign: ">"}},

		{"dot at the end", "zoe@example.ca.", Fault{Kind: StrayDot}},
		{"dot before the at sign", "zoe.@example.ca", Fault{Kind: StrayDot}},
		{"dot at the start", ".zoe@example.ca", Fault{Kind: StrayDot}},
		{"two dots", "zoe..roy@example.ca", Fault{Kind: StrayDot}},
		{"two dots in the domain", "zoe@example..ca", Fault{Kind: StrayDot}},

		{"zero width space", "zo\u200be@example.ca", Fault{Kind: Invisible}},
		{"byte order mark", "\ufeffzoe@example.ca", Fault{Kind: Invisible}},
		{"soft hyphen", "zo\u00ade@example.ca", Fault{Kind: Invisible}},
		{"mark of direction", "zoe\u200f@example.ca", Fault{Kind: Invisible}},
		{"something invisible beside an accent", "\u2066zoé\u2069@example.ca", Fault{Kind: SignBefore, Sign: "é"}},
		{"emoji with a selector", "❤\ufe0f@example.ca", Fault{Kind: SignBefore, Sign: "❤"}},

		{"nothing", "", Fault{Kind: OtherFault}},
		{"only what is invisible", "\u200b", Fault{Kind: OtherFault}},
		{"no local part", "@example.ca", Fault{Kind: OtherFault}},
		{"no domain", "zoe@", Fault{Kind: OtherFault}},
		{"domain without a dot", "zoe@example", Fault{Kind: OtherFault}},
		{"hyphen at the end of a label", "zoe@example-.ca", Fault{Kind: OtherFault}},
		{"local part of 65", strings.Repeat("a", 65) + "@example.ca", Fault{Kind: OtherFault}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := FindFault(tt.typed); got != tt.want {
				t.Errorf("FindFault(%q) = %+v, want %+v", tt.typed, got, tt.want)
			}
		})
	}
}
