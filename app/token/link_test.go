package token

import (
	"html"
	"net/url"
	"slices"
	"strings"
	"testing"
)

const linkEnd = "ABCDEFGHIJ-KLMNOPQRSTUVWXYZ234567ABCD"

// mangledLinks are what mail programs make of linkEnd, as it stands in the path of a
// request.
var mangledLinks = map[string]string{
	"as it is":                      linkEnd,
	"in small letters":              strings.ToLower(linkEnd),
	"a full stop behind it":         linkEnd + ".",
	"brackets around it":            "%3C" + linkEnd + "%3E);",
	"quotes around it":              "%22" + linkEnd + "%22,",
	"a word behind it":              linkEnd + "%20Thank%20you",
	"a letter behind it":            linkEnd + "A",
	"a query behind it, encoded":    linkEnd + "%3Futm_source%3Dnews",
	"a blank in it":                 linkEnd[:20] + "%20" + linkEnd[20:],
	"a blank as a plus":             linkEnd[:20] + "+" + linkEnd[20:],
	"a line break in it":            linkEnd[:20] + "%0D%0A" + linkEnd[20:],
	"a line break, encoded twice":   linkEnd[:20] + "%250D%250A" + linkEnd[20:],
	"a soft break in it":            linkEnd[:20] + "=%0D%0A" + linkEnd[20:],
	"a soft break, encoded":         linkEnd[:20] + "%3D%0A" + linkEnd[20:],
	"a soft break left over":        linkEnd[:20] + "=" + linkEnd[20:],
	"a sign left before digits":     strings.Replace(linkEnd, "23", "=23", 1),
	"a hyphen, encoded":             strings.Replace(linkEnd, "-", "%2D", 1),
	"a hyphen, encoded twice":       strings.Replace(linkEnd, "-", "%252d", 1),
	"a hyphen, quoted":              strings.Replace(linkEnd, "-", "=2D", 1),
	"a line break, quoted":          linkEnd[:20] + "=0D=0A" + linkEnd[20:],
	"a no-break hyphen, quoted":     strings.Replace(linkEnd, "-", "=E2=80=91", 1),
	"a no-break blank, quoted":      linkEnd[:20] + "=C2=A0" + linkEnd[20:],
	"a mark of a reply in it":       linkEnd[:20] + "%0A%3E%20" + linkEnd[20:],
	"read in another character set": strings.Replace(linkEnd, "-", "â€‘", 1),
	"an = behind it, quoted":        linkEnd + "=3D",
	"an = before it, quoted":        "=3D" + linkEnd,
	"a hyphen as an entity":         strings.Replace(linkEnd, "-", "%26%2345;", 1),
	"a hyphen as an entity, raw":    strings.Replace(linkEnd, "-", "&#45;", 1),
	"an entity of an entity":        strings.Replace(linkEnd, "-", "%26amp;%2345;", 1),
	"an en dash":                    strings.Replace(linkEnd, "-", "%E2%80%93", 1),
	"a hyphen that does not break":  strings.Replace(linkEnd, "-", "\u2011", 1),
	"a minus":                       strings.Replace(linkEnd, "-", "%E2%88%92", 1),
	"a soft hyphen":                 strings.Replace(linkEnd, "-", "-%C2%AD", 1),
	"zero-width characters":         linkEnd[:15] + "%E2%80%8B" + linkEnd[15:25] + "\ufeff" + linkEnd[25:],
	"no hyphen":                     strings.Replace(linkEnd, "-", "", 1),
	"every character encoded":       escapeAll(linkEnd),
	"a slash behind it":             linkEnd + "/",
	"a soft break and words":        strings.Replace(linkEnd, "23", "=23", 1) + "%20Thank%20you",
	"a slash in it":                 linkEnd[:20] + "%2F" + linkEnd[20:],
	"full-width letters":            fullWidth(linkEnd),
}

// escapeAll encodes every byte of s as in a URL.
func escapeAll(s string) string {
	var all strings.Builder
	for _, b := range []byte(s) {
		all.WriteString("%" + string("0123456789ABCDEF"[b>>4]) + string("0123456789ABCDEF"[b&15]))
	}
	return all.String()
}

func TestAMangledLinkIsUnderstood(t *testing.T) {
	want := strings.ReplaceAll(linkEnd, "-", "")
	for name, end := range mangledLinks {
		t.Run(name, func(t *testing.T) {
			if got := FromLink(end, len(want)); !slices.Contains(got, want) {
				t.Errorf("FromLink(%q) = %q, want %q", end, got, want)
			}
		})
	}
}

func TestACutLinkIsNotWhole(t *testing.T) {
	for _, end := range []string{"", "-", linkEnd[:len(linkEnd)-1], linkEnd[:20], linkEnd[:20] + "...", linkEnd[:20] + "%E2%80%A6", linkEnd[:11] + "%", "\x00\xff%00%ff%zz", "-=-=-"} {
		if got := FromLink(end, len(linkEnd)-1); len(got) > 0 || !MayBeCut(end, len(linkEnd)-1) {
			t.Errorf("FromLink(%q) = %q, want it cut", end, got)
		}
	}
}

// TestWordsBehindACutLinkAreNoPartOfIt however many there are.
func TestWordsBehindACutLinkAreNoPartOfIt(t *testing.T) {
	for _, behind := range []string{" Thank you, and see you soon at the meeting", "%20Thank%20you%20and%20see%20you%20soon%20there", "/thank-you-and-see-you-soon-at-the-meeting", "?utm_source=newsletter&utm_campaign=membership"} {
		if end := linkEnd[:20] + behind; !MayBeCut(end, len(linkEnd)-1) {
			t.Errorf("MayBeCut(%q) = false", end)
		}
		if end := linkEnd + behind; MayBeCut(end, len(linkEnd)-1) {
			t.Errorf("MayBeCut(%q) = true", end)
		}
	}
}

func TestAPlainLinkHasNoEncodingAndNoBreaks(t *testing.T) {
	for _, path := range []string{"/en/con=\r\nfirm/AB-C", "/en/con%0Afirm/AB-C", "/en%2Fconfirm%2FAB-C", "/en/con%20firm/%3CAB-C%3E", "/en%252Fconfirm/AB=2DC", "/en/confirm/AB\u200b-C"} {
		if got := PlainLink(path); got != "/en/confirm/AB-C" {
			t.Errorf("PlainLink(%q) = %q", path, got)
		}
	}
}

// FuzzFromLink checks that what it returns has no other characters, and that a whole
// link is understood whatever stands behind it, encoded once more or not.
func FuzzFromLink(f *testing.F) {
	for _, end := range mangledLinks {
		f.Add(end)
	}
	want := strings.ReplaceAll(linkEnd, "-", "")
	f.Fuzz(func(t *testing.T, end string) {
		got := FromLink(end, len(want))
		if len(got) > 2 || slices.ContainsFunc(got, func(s string) bool { return strings.Trim(s, Alphabet) != "" || len(s) != len(want) }) {
			t.Errorf("FromLink(%q) = %q", end, got)
		}
		for _, mangled := range []string{linkEnd + " " + end, url.PathEscape(linkEnd + " " + end), html.EscapeString(linkEnd + " " + end)} {
			if got := FromLink(mangled, len(want)); !slices.Contains(got, want) {
				t.Errorf("FromLink(%q) = %q, want %q", mangled, got, want)
			}
		}
	})
}
