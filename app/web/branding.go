package web

import "joinery/app/brand"

// A branding is what the head of a page shows of the organization.
type branding struct {
	Light, Dark string // the colours of the band at the top, in each scheme
	Logo        *logo  // nil: none
}

// A logo is a picture and the size at which it stands on a page that has no
// styles. With them, the proportion keeps its place until it has come.
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
