package brand

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// A Colour is one of sRGB, without transparency.
type Colour struct{ R, G, B uint8 }

var (
	black = Colour{}
	white = Colour{255, 255, 255}
)

var hexPattern = regexp.MustCompile(`^#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})$`)

// Parse reads a colour that is written as #0b5c5a, with the # or without.
func Parse(s string) (Colour, error) {
	m := hexPattern.FindStringSubmatch(s)
	if m == nil {
		return Colour{}, fmt.Errorf("brand: %q is no colour like #0b5c5a", s)
	}
	var part [3]uint8
	for i := range part {
		n, _ := strconv.ParseUint(m[i+1], 16, 8) // two digits, as the pattern has it
		part[i] = uint8(n)
	}
	return Colour{part[0], part[1], part[2]}, nil
}

// String returns c as Parse reads it and as style sheets write it.
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// Contrast returns how well two colours can be told apart, from 1 to 21, as
// WCAG 2.2 reckons it.
func Contrast(a, b Colour) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

func (c Colour) luminance() float64 {
	return 0.2126*linearize(c.R) + 0.7152*linearize(c.G) + 0.0722*linearize(c.B)
}

func linearize(part uint8) float64 {
	v := float64(part) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// mix returns c with some part, from 0 to 1, of another colour.
func (c Colour) mix(other Colour, part float64) Colour {
	blend := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-part) + float64(b)*part)) }
	return Colour{blend(c.R, other.R), blend(c.G, other.G), blend(c.B, other.B)}
}

// darker returns c with as little black as it takes to be good.
func (c Colour) darker(good func(Colour) bool) Colour {
	const steps = 512 // of which one changes no part by more than the least there is
	for n := range steps {
		if mixed := c.mix(black, float64(n)/steps); good(mixed) {
			return mixed
		}
	}
	return black
}

// lighter returns the colour of the same hue that is as little lighter as it
// takes to stand out as clearly as that from every one of the grounds. White
// would only make it pale: a dark colour, mixed with it, is hardly one any more.
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

func (c Colour) hasContrast(contrast float64, backgrounds ...Colour) bool {
	return c.leastContrast(backgrounds...) >= contrast
}

// leastContrast returns that of c with the ground that is most like it.
func (c Colour) leastContrast(backgrounds ...Colour) float64 {
	least := math.Inf(1)
	for _, background := range backgrounds {
		least = min(least, Contrast(c, background))
	}
	return least
}

// hsl returns hue, from 0 to 6, saturation and lightness, from 0 to 1.
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

func fromHSL(hue, saturation, lightness float64) Colour {
	part := func(shift float64) uint8 {
		k := math.Mod(shift+2*hue, 12)
		v := lightness - saturation*min(lightness, 1-lightness)*max(-1, min(k-3, 9-k, 1))
		return uint8(math.Round(v * 255))
	}
	return Colour{part(0), part(8), part(4)}
}
