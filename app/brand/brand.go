// Package brand makes the look of an organization on its site: a palette from two
// colours, the logo, and the icons and pictures that are drawn in these colours.
package brand

import "joinery/app/i18n"

// A File is a file that the site serves as it is.
type File struct {
	Name string // such as icon.svg; its extension is that of its type
	Body []byte
}

// A Brand is the look of one organization.
type Brand struct {
	Palette
	Logo                  string // the name of the logo among Files, or "" for none
	LogoWidth, LogoHeight int    // in the proportion of the logo; not in pixels
	Files                 []File
	LetterLogo            Picture // beside the name in letters, on the main colour; without PNG there is none
}

// New returns the brand of an organization with this name and these colours, which
// [CheckMain] and [CheckAccent] accept. Logo is the path of an SVG or PNG file, or
// "" for none. An error says what is wrong with the logo, for the operator.
//
// Besides the logo, Files always holds icon.svg, favicon.ico, icon-192.png and
// icon-512.png, with round corners; icon-180.png and icon-maskable-512.png, with
// square corners, because systems cut them to a shape of their own; and for each
// language a picture of 1200 by 630 pixels, such as social-en.png, which other
// sites show beside a link to this one.
func New(name i18n.Text, main, accent Colour, logo string) (Brand, error) {
	b := Brand{Palette: NewPalette(main, accent)}
	var forLetters *File
	if logo != "" {
		file, size, err := readLogo(logo)
		if err != nil {
			return Brand{}, err
		}
		b.Logo, b.LogoWidth, b.LogoHeight = file.Name, size.X, size.Y
		b.Files, forLetters = append(b.Files, file), &file
	}
	var err error
	if b.LetterLogo, err = letterLogo(forLetters, main, accent); err != nil {
		return Brand{}, err
	}
	b.Files = append(b.Files, icons(main, accent)...)
	for _, lang := range i18n.Languages {
		picture, err := socialPicture(name.In(lang), lang, main, accent)
		if err != nil {
			return Brand{}, err
		}
		b.Files = append(b.Files, File{"social-" + string(lang) + ".png", encodePNG(picture)})
	}
	return b, nil
}
