package brand

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// A Colour is an opaque colour in sRGB.
type Colour struct{ R, G, B uint8 }

var (
	black = Colour{}
	white = Colour{255, 255, 255}
)

var hexPattern = regexp.MustCompile(`^#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})$`)

// Parse reads a colour such as #0b5c5a, with or without the #, in capitals or
// not.
func Parse(s string) (Colour, error) {
	m := hexPattern.FindStringSubmatch(s)
	if m == nil {
		return Colour{}, fmt.Errorf("brand: %q is no colour like #0b5c5a", s)
	}
	var part [3]uint8
	for i := range part {
		n, _ := strconv.ParseUint(m[i+1], 16, 8) // the pattern guarantees two digits
		part[i] = uint8(n)
	}
	return Colour{part[0], part[1], part[2]}, nil
}

// String returns c as style sheets write it, such as #0b5c5a. Parse reads it
// again.
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Contrast returns the contrast ratio of two colours as WCAG 2.2 defines it, from
// 1 to 21. The order of the colours does not matter.
func Contrast(a, b Colour) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// luminance returns the relative luminance of c as WCAG 2.2 defines it, from 0 to 1.
func (c Colour) luminance() float64 {
	return 0.2126*linearize(c.R) + 0.7152*linearize(c.G) + 0.0722*linearize(c.B)
}

// linearize returns a part of an sRGB colour as linear light, from 0 to 1.
func linearize(part uint8) float64 {
	v := float64(part) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// mix returns c mixed with the given part of other: 0 is c, and 1 is other.
func (c Colour) mix(other Colour, part float64) Colour {
	blend := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-part) + float64(b)*part)) }
	return Colour{blend(c.R, other.R), blend(c.G, other.G), blend(c.B, other.B)}
}

// darker returns c mixed with as little black as makes it good.
func (c Colour) darker(good func(Colour) bool) Colour {
	const steps = 512 // one step changes no part by more than 1
	for n := range steps {
		if mixed := c.mix(black, float64(n)/steps); good(mixed) {
			return mixed
		}
	}
	return black
}

// lighter returns the darkest lighter colour of the same hue that has the given
// contrast to every background. It is not c mixed with white, because a dark
// colour would become grey.
func (c Colour) lighter(contrast float64, backgrounds ...Colour) Colour {
	hue, saturation, lightness := c.hsl()
	saturation = min(saturation, 0.55) // more would glow in the dark
	for ; lightness < 1; lightness += 0.01 {
		if lighter := fromHSL(hue, saturation, lightness); lighter.hasContrast(contrast, backgrounds...) {
			return lighter
		}
	}
	return white
}

// hasContrast reports whether c has at least the given contrast to every
// background.
func (c Colour) hasContrast(contrast float64, backgrounds ...Colour) bool {
	return c.leastContrast(backgrounds...) >= contrast
}

// leastContrast returns the contrast of c to the background that is most like it.
func (c Colour) leastContrast(backgrounds ...Colour) float64 {
	least := math.Inf(1)
	for _, background := range backgrounds {
		least = min(least, Contrast(c, background))
	}
	return least
}

// hsl returns the hue of c, from 0 to 6, and its saturation and lightness, from 0
// to 1.
func (c Colour) hsl() (hue, saturation, lightness float64) {
	r, g, b := float64(c.R)/255, float64(c.G)/255, float64(c.B)/255
	high, low := max(r, g, b), min(r, g, b)
	lightness, span := (high+low)/2, high-low
	if span == 0 {
		return 0, 0, lightness
	}
	switch high {
	case r:
		hue = math.Mod((g-b)/span+6, 6)
	case g:
		hue = (b-r)/span + 2
	default:
		hue = (r-g)/span + 4
	}
	return hue, span / (1 - math.Abs(2*lightness-1)), lightness
}

// fromHSL is the inverse of hsl.
func fromHSL(hue, saturation, lightness float64) Colour {
	part := func(shift float64) uint8 {
		k := math.Mod(shift+2*hue, 12)
		v := lightness - saturation*min(lightness, 1-lightness)*max(-1, min(k-3, 9-k, 1))
		return uint8(math.Round(v * 255))
	}
	return Colour{part(0), part(8), part(4)}
}
