// Package brand is how an organization looks on its site: its colours, its logo,
// and the icons and pictures that are made of them.
package brand

import "joinery/app/i18n"

// A File is something that the site serves as it is.
type File struct {
	Name string // such as icon.svg; it says what kind of file it is
	Body []byte
}

// A Brand is how one organization looks.
type Brand struct {
	Palette
	Logo                  string // the name of the file among Files, or "" for none
	LogoWidth, LogoHeight int    // their proportion is that of the logo
	Files                 []File
}

// New returns how an organization looks that has this name, these colours,
// which CheckMain and CheckAccent found good, and the logo in the file at the
// path, SVG or PNG; an empty path stands for no logo. An error says what is
// wrong with the logo.
//
// There are always these files: icon.svg, favicon.ico, icon-192.png and
// icon-512.png, which are round at the corners; icon-180.png and
// icon-maskable-512.png, which whoever shows them cuts to shape; and in each
// language, such as social-en.png, the picture beside a link to the site, of
// 1200 by 630 pixels.
func New(name i18n.Text, main, accent Colour, logo string) (Brand, error) {
	b := Brand{Palette: NewPalette(main, accent)}
	if logo != "" {
		file, size, err := readLogo(logo)
		if err != nil {
			return Brand{}, err
		}
		b.Logo, b.LogoWidth, b.LogoHeight = file.Name, size.X, size.Y
		b.Files = append(b.Files, file)
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
