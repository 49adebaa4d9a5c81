package receipt

import (
	"testing"

	"joinery/app/i18n"
)

func TestWritable(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       bool
	}{
		{"nothing", "", true},
		{"the languages of the site", "Zoë d’Œuvre-Łukasz, “quoted” « cité » – 12\u00a0h\u00a030, 5\u202f€", true},
		{"Vietnamese", "Nguyễn Thị Ánh", true},
		{"Greek", "Ελένη Παπαδοπούλου", true},
		{"Cyrillic", "Оксана Щербак", true},
		{"Inuktitut", "ᐃᓄᒃᑎᑐᑦ", true},
		{"Cree", "ᓀᐦᐃᔭᐍᐏᐣ", true},
		{"a combining mark", "X̱aad Kíl, k̓ala", true},
		{"several lines", "one\n\ntwo", true},
		{"marks of direction around a word", "\u200eZoë\u200f", true},
		{"a variation selector", "❤\ufe0f", true},
		{"brackets and backslashes", `\(((]]>>`, true},
		{"Chinese", "李小龍", false},
		{"Arabic", "محمد", false},
		{"Arabic among Latin", "Muhammad (محمد)", false},
		{"Hebrew", "שרה", false},
		{"Devanagari", "आशा", false},
		{"Thai", "สมชาย", false},
		{"Korean", "김연아", false},
		{"Lao, whose glyphs the typeface has", "ລາວ", false},
		{"an Arabic stroke, whose script is Common", "\u0640", false},
		{"an emoji, which the typeface has and fpdf does not find", "😋", false},
		{"an emoji", "🇨🇦", false},
		{"the first character beyond U+FFFF", "\U00010000", false},
		{"an unassigned character", "\u0378", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := receiptWith(i18n.English, tt.text)
			if got := r.Writable(); got != tt.want {
				t.Errorf("Writable with %q: %t, want %t", tt.text, got, tt.want)
			}
			if _, err := r.PDF(); (err == nil) != tt.want {
				t.Errorf("PDF with %q: %v", tt.text, err)
			}
		})
	}
}

// TestWritableChecksEveryText puts a character that cannot be written into each text
// of a receipt.
func TestWritableChecksEveryText(t *testing.T) {
	t.Parallel()
	for name, put := range map[string]func(r *Receipt){
		"name":    func(r *Receipt) { r.Name = "龍" },
		"title":   func(r *Receipt) { r.Title = "龍" },
		"lead":    func(r *Receipt) { r.Lead = "龍" },
		"fact":    func(r *Receipt) { r.Facts[0].Values = []string{"龍"} },
		"part":    func(r *Receipt) { r.Parts[1].Title = "龍" },
		"label":   func(r *Receipt) { r.Parts[1].Rows[0].Label = "龍" },
		"second":  func(r *Receipt) { r.Parts[0].Rows[0].Values = []string{"one", "龍"} },
		"heading": func(r *Receipt) { r.Contact.Title = "龍" },
		"contact": func(r *Receipt) { r.Contact.Lines[1] = "龍" },
	} {
		r := receiptWith(i18n.French)
		if !r.Writable() {
			t.Fatal("the receipt cannot be written before")
		}
		if put(&r); r.Writable() {
			t.Errorf("Writable misses a character in %s", name)
		}
	}
}
