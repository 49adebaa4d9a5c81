package address

import (
	"strings"
	"testing"
)

func TestSuggest(t *testing.T) {
	tests := []struct {
		name, typed string
		want        string // "": no advice
	}{
		{"right", "zoe@gmail.com", ""},
		{"right in capitals", "ZOE@GMAIL.COM", ""},
		{"right with blanks around", " zoe@gmail.com ", ""},
		{"right in letters of full width", "zoe@ｇmail.com", ""},
		{"right in a capital that no domain has", "zoe@Ӏx.ca", ""}, // Cyrillic; the small letter may be in one
		{"right and not common", "zoe@example.ca", ""},
		{"right and international", "zoe@École.ca", ""},

		{"letters swapped", "zoe@gmial.com", "zoe@gmail.com"},
		{"letters swapped in another", "zoe@hotmial.com", "zoe@hotmail.com"},
		{"letter left out", "zoe@videotrn.ca", "zoe@videotron.ca"},
		{"letter left out of a university", "zoe@umontral.ca", "zoe@umontreal.ca"},
		{"letter doubled", "zoe@sympaticco.ca", "zoe@sympatico.ca"},
		{"two mistakes in a long name", "zoe@vidotrn.ca", "zoe@videotron.ca"},
		{"blanks around", " zoe@gmial.com ", "zoe@gmail.com"},
		{"accent in the domain", "zoe@vidéotron.ca", "zoe@videotron.ca"},
		{"accent in a short domain", "zoe@yahoô.ca", "zoe@yahoo.ca"},
		{"letter that looks like another", "zoe@gmаil.com", "zoe@gmail.com"}, // Cyrillic а
		{"part before the university", "zoe@mail.utornto.ca", "zoe@mail.utoronto.ca"},
		{"local part keeps its capitals", "Zoé.Roy@gmial.com", ""}, // é is in no address
		{"local part is left alone", "Gmial.Com+gmial.com@gmial.com", "Gmial.Com+gmial.com@gmail.com"},

		{"ending with letters swapped", "zoe@gmail.cmo", "zoe@gmail.com"},
		{"ending with a wrong letter", "zoe@gmail.con", "zoe@gmail.com"},
		{"ending with a wrong letter behind a short name", "zoe@msn.vom", "zoe@msn.com"},
		{"ending and name wrong", "zoe@gmial.cim", "zoe@gmail.com"},
		{"ending that is a country", "zoe@gmail.co", "zoe@gmail.com"},
		{"ending between two", "zoe@yahoo.cq", "zoe@yahoo.ca"},
		{"ending of another country", "zoe@yahoo.co", "zoe@yahoo.com"},
		{"ending between several", "zoe@hotmail.xe", ""}, // .be, .de and .se
		{"ending of no mail at all", "zoe@gmail.ca", "zoe@gmail.com"},
		{"ending cut short", "zoe@gmail.c", "zoe@gmail.com"},
		{"ending cut short of the most common of several", "zoe@hotmail.c", "zoe@hotmail.com"},
		{"ending cut short of one of several", "zoe@yahoo.c", ""},
		{"ending left out", "zoe@gmail", "zoe@gmail.com"},
		{"ending left out behind a dot", "zoe@videotron.", "zoe@videotron.ca"},
		{"ending left out of a university", "zoe@mun", "zoe@mun.ca"},
		{"ending left out of one of several", "zoe@yahoo", ""},
		{"ending left out of a government", "zoe@gov.bc", "zoe@gov.bc.ca"},

		{"dot left out", "zoe@gmailcom", "zoe@gmail.com"},
		{"dot left out of a university", "zoe@ulavalca", "zoe@ulaval.ca"},
		{"dot left out of a short name", "zoe@munca", "zoe@mun.ca"},
		{"dot at a wrong place", "zoe@gmailc.om", "zoe@gmail.com"},
		{"comma for a dot", "zoe@gmail,com", "zoe@gmail.com"},
		{"comma for a dot where nothing is common", "zoe@clinic.example,ca", "zoe@clinic.example.ca"},
		{"comma for a dot and a letter of full width", "zoe@ｍun,ca", "zoe@mun.ca"},
		{"dot at the end", "zoe@yahoo.ca.", "zoe@yahoo.ca"},
		{"comma at the end", "zoe@example.ca,", "zoe@example.ca"},
		{"two dots", "zoe@example..ca", "zoe@example.ca"},
		{"two dots in capitals", "Zoe@Example..CA", "Zoe@example.ca"},
		{"two dots in an international domain", "zoe@école..ca", "zoe@école.ca"},
		{"dot at the start of the domain", "zoe@.gmail.com", "zoe@gmail.com"},
		{"two at signs", "zoe@@gmail.com", "zoe@gmail.com"},
		{"blanks around the at sign", "zoe @ example.ca", "zoe@example.ca"},
		{"blanks around a dot", "zoe@example . ca", "zoe@example.ca"},
		{"blank for a dot", "zoe@gmail com", "zoe@gmail.com"},
		{"blank in the name", "zoe@g mail.com", "zoe@gmail.com"},
		{"blank in a name that is not common", "zoe@my clinic.ca", ""},
		{"blank in the local part", "zoe roy@gmial.com", ""},
		{"two dots in the local part", "zoe..roy@gmial.com", ""},
		{"at sign in the local part", "zoe@roy@gmial.com", ""},
		{"list", "zoe@gmail.com, ann@gmial.com", ""},

		{"too many mistakes in a short name", "zoe@gnial.ca", ""},
		{"another company", "zoe@gm.com", ""},
		{"another small word", "zoe@small.com", ""},
		{"another university", "zoe@mcmaster.ca", ""},
		{"another short name", "zoe@uhb.ca", ""},
		{"another ending of a short name", "zoe@live.co", ""},
		{"another ministry", "zoe@msss.gouv.qc.ca", ""},
		{"city beside its university", "zoe@ottawa.ca", ""},
		{"name between two", "zoe@uqa.ca", ""},
		{"province between two", "zoe@gov.ob.ca", ""},

		{"nothing", "", ""},
		{"no at sign", "gmial.com", ""},
		{"no local part", "@gmial.com", ""},
		{"no domain", "zoe@", ""},
		{"only dots", "zoe@.,. .", ""},
		{"header injection", "zoe@gmial.com\r\nBcc: ann@gmial.com", ""},
		{"no UTF-8", "zoe@gm\xe9il.com", "zoe@gmail.com"},
		{"longer than an address", strings.Repeat("a", 260) + "@gmial.com", ""},
		{"more dots than an address is long", "zoe@gmail" + strings.Repeat(".", 250) + "com", ""},
		{"long domain", "zoe@" + strings.Repeat("gmial.", 40) + "com", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Suggest(tt.typed); got != tt.want {
				t.Errorf("Suggest(%q) = %q, want %q", tt.typed, got, tt.want)
			}
		})
	}
}

// TestRealNeighboursAreNotMistakes tries real domains that are few edits away from a
// common one.
func TestRealNeighboursAreNotMistakes(t *testing.T) {
	for _, domain := range strings.Fields(`
		gmx.com mail.com ymail.com email.com cloud.com gmx.de me.com mac.com
		live.com live.ca live.fr live.cn hotmail.fr hotmail.ca hotmail.co.uk hotmail.de hotmail.es
		yahoo.ca yahoo.fr yahoo.co.uk yahoo.cn outlook.ca outlook.fr videotron.com telus.com telus.ca bell.ca bellnet.ca
		mcmaster.ca uvic.ca unb.ca unbc.ca uqam.ca uqar.ca nait.ca sait.ca ucalgary.ca calgary.ca
		laval.ca montreal.ca sherbrooke.ca toronto.ca waterloo.ca alberta.ca manitoba.ca regina.ca york.ca
		gov.bc.ca gov.ab.ca tc.gc.ca ec.gc.ca pc.gc.ca mels.gouv.qc.ca cancercare.on.ca hhs.ca abc.ca aol.de`) {
		if got := Suggest("zoe@" + domain); got != "" {
			t.Errorf("Suggest takes zoe@%s for %s", domain, got)
		}
	}
}

// TestOneEditOfACommonDomainIsCorrected leaves out each letter of the most common
// domains, and swaps it with the next.
func TestOneEditOfACommonDomainIsCorrected(t *testing.T) {
	several := map[string]string{"yahoo.c": "", "hotmail.c": "zoe@hotmail.com"} // may be .ca and .com
	for _, d := range commonDomains[:10] {
		for _, typed := range oneEditVariants(d.domain) {
			want, several := several[typed]
			if !several && !IsCommonDomain(typed) {
				want = "zoe@" + d.domain
			}
			if got := Suggest("zoe@" + typed); got != want {
				t.Errorf("Suggest(zoe@%s) = %q, want %q", typed, got, want)
			}
		}
	}
}

// oneEditVariants returns domain without each of its letters, and with each letter
// swapped with the next.
func oneEditVariants(domain string) []string {
	var variants []string
	for i := range domain {
		variants = append(variants, domain[:i]+domain[i+1:])
		if i > 0 {
			variants = append(variants, domain[:i-1]+domain[i:i+1]+domain[i-1:i]+domain[i+1:])
		}
	}
	return variants
}

func BenchmarkSuggest(b *testing.B) {
	for b.Loop() {
		Suggest("zoe@mail.utornto.ca")
	}
}
