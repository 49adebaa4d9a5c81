package web

import "joinery/app/brand"

// A branding is what the head of a page shows about the organization.
type branding struct {
	Light, Dark string // the colours of the band at the top, in the light and the dark scheme
	Logo        *logo  // nil: none
}

// A logo is an image and its size on a page without styles. With styles, the
// proportion reserves its place until the image has loaded.
type logo struct {
	Name          string
	Width, Height int
}

const logoHeight = 48

func newBranding(b brand.Brand) branding {
	l := branding{Light: b.Light.Band.String(), Dark: b.Dark.Band.String()}
	if b.Logo != "" {
		l.Logo = &logo{b.Logo, (logoHeight*b.LogoWidth + b.LogoHeight/2) / b.LogoHeight, logoHeight}
	}
	return l
}
