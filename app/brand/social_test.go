package brand

import (
	"bytes"
	"image"
	"strings"
	"testing"

	"joinery/app/i18n"
)

// TestEveryNameFitsTheSocialPicture checks that a name stays within its margins and
// above the title, whatever its length.
func TestEveryNameFitsTheSocialPicture(t *testing.T) {
	draw := func(name string) *image.Paletted {
		return must(socialPicture(name, i18n.French, black, black)).(*image.Paletted)
	}
	title := draw("")
	for _, name := range []string{
		"Hub",
		"Strategy for Patient-Oriented Research National Training Entity and Capacity Development Hub for Health Research Partnerships",
		strings.Repeat("Association of Associations ", 60),
		strings.Repeat("Donaudampfschifffahrt", 20),
		strings.Repeat("Donaudampfschifffahrt", 20) + " " + strings.Repeat("gesellschaft ", 200),
		"Carrefour\u00a0du\u00a0port",
	} {
		var written image.Rectangle
		for i, pixel := range draw(name).Pix {
			if pixel != title.Pix[i] {
				at := image.Pt(i%socialWidth, i/socialWidth)
				written = written.Union(image.Rectangle{at, at.Add(image.Pt(1, 1))})
			}
		}
		room := image.Rect(margin-2, margin-10, socialWidth-margin+2, 300)
		if !written.In(room) || written.Dy() < 15 { // a smaller name cannot be read
			t.Errorf("%.40q is written in %v, want it legible, and in %v", name, written, room)
		}
	}
}

func must(picture image.Image, err error) image.Image {
	if err != nil {
		panic(err)
	}
	return picture
}

func TestDecomposedAccentsAreDrawnLikeComposedOnes(t *testing.T) {
	apart := encodePNG(must(socialPicture("Sante\u0301", i18n.French, DefaultMain, DefaultAccent)))
	together := encodePNG(must(socialPicture("Santé", i18n.French, DefaultMain, DefaultAccent)))
	if !bytes.Equal(apart, together) {
		t.Error("the same name, written in another way, looks otherwise")
	}
}
