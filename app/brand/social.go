package brand

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/font/opentype"
	"golang.org/x/text/unicode/norm"

	"joinery/app/i18n"
	"joinery/app/typeface"
)

// The layout of the social picture, in pixels. Its size is the one that other
// sites ask for.
const (
	socialWidth, socialHeight = 1200, 630
	margin                    = 80
	tileSize                  = 200 // the width and height of one mark in the row at the bottom
	textWidth                 = socialWidth - 2*margin
	textEnd                   = socialHeight - tileSize + 8
)

// socialPicture draws the picture that other sites show beside a link to this one:
// the name of the organization, the title of the landing page, and the row of
// dovetails from the top of every page.
func socialPicture(name string, lang i18n.Lang, main, accent Colour) (image.Image, error) {
	name, title := norm.NFC.String(name), i18n.T(lang, "landing.title")
	nameFont, err1 := opentype.Parse(typeface.Text.For(name).TrueType)
	titleFont, err2 := opentype.Parse(typeface.Title.For(title).TrueType)
	if err := errors.Join(err1, err2); err != nil {
		return nil, fmt.Errorf("brand: typeface: %w", err)
	}
	picture := image.NewRGBA(image.Rect(0, 0, socialWidth, socialHeight))
	draw.Draw(picture, picture.Bounds(), main.uniform(), image.Point{}, draw.Src)
	for x := 0; x < socialWidth; x += tileSize {
		fillShapes(picture, image.Rect(x, socialHeight-tileSize, x+tileSize, socialHeight), mark(main, accent, 0))
	}
	heading := fitText(titleFont, 104, title, textWidth, 170)
	top := textEnd - heading.height()
	heading.draw(picture, image.Pt(margin-6, top), white) // a large letter has more space at its left
	fitText(nameFont, 54, name, textWidth, top-margin-10).draw(picture, image.Pt(margin, margin-10), white)
	return reduceColours(picture, main, accent), nil
}

// reduceColours returns picture with a palette of 24 shades from each colour to
// white. The eye sees no difference, and the file has a third of the bytes.
func reduceColours(picture *image.RGBA, colours ...Colour) *image.Paletted {
	var palette color.Palette
	const shades = 24
	for _, c := range colours {
		for n := range shades {
			palette = append(palette, c.mix(white, float64(n)/(shades-1)).rgba())
		}
	}
	small := image.NewPaletted(picture.Bounds(), palette)
	nearest := make(map[[4]uint8]uint8)
	for i := range small.Pix {
		pixel := [4]uint8(picture.Pix[4*i:])
		index, ok := nearest[pixel]
		if !ok {
			index = uint8(palette.Index(color.RGBA{pixel[0], pixel[1], pixel[2], pixel[3]}))
			nearest[pixel] = index
		}
		small.Pix[i] = index
	}
	return small
}
