package brand

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"joinery/app/i18n"
)

var hub = i18n.Text{i18n.English: "Harbour Hub", i18n.French: "Carrefour du port"}

// made returns the files of a brand by name.
func made(t *testing.T, name i18n.Text, main, accent Colour) map[string][]byte {
	t.Helper()
	b, err := New(name, main, accent, "")
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for _, f := range b.Files {
		files[f.Name] = f.Body
	}
	if len(files) != len(b.Files) {
		t.Errorf("of %d files, some have the same name", len(b.Files))
	}
	return files
}

func decoded(t *testing.T, name string, body []byte) image.Image {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return picture
}

func TestPicturesAreAsLargeAsTheyShouldBe(t *testing.T) {
	files := made(t, hub, DefaultMain, DefaultAccent)
	for name, want := range map[string]struct {
		size   image.Point
		opaque bool // or whoever cuts it to shape would show black
		bytes  int  // at most
	}{
		"icon-180.png":          {image.Pt(180, 180), true, 5000},
		"icon-192.png":          {image.Pt(192, 192), false, 5000},
		"icon-512.png":          {image.Pt(512, 512), false, 15000},
		"icon-maskable-512.png": {image.Pt(512, 512), true, 15000},
		"social-en.png":         {image.Pt(1200, 630), true, 40000},
		"social-fr.png":         {image.Pt(1200, 630), true, 40000},
	} {
		body := files[name]
		picture := decoded(t, name, body)
		opaque := picture.(interface{ Opaque() bool }).Opaque()
		if got := picture.Bounds().Size(); got != want.size || opaque != want.opaque || len(body) > want.bytes {
			t.Errorf("%s is %v, opaque: %t, in %d bytes; want %v, %t, %d at most", name, got, opaque, len(body), want.size, want.opaque, want.bytes)
		}
	}
}

func TestTheIconHasOnePictureOfTheSizeThatItTells(t *testing.T) {
	ico := made(t, hub, DefaultMain, DefaultAccent)["favicon.ico"]
	if !bytes.HasPrefix(ico, []byte{0, 0, 1, 0, 1, 0, 32, 32}) {
		t.Fatalf("it begins with % x", ico[:8])
	}
	size, from := binary.LittleEndian.Uint32(ico[14:]), binary.LittleEndian.Uint32(ico[18:])
	if int(from+size) != len(ico) {
		t.Errorf("it tells of %d bytes from %d, and has %d", size, from, len(ico))
	}
	if got := decoded(t, "favicon.ico", ico[from:]).Bounds().Size(); got != image.Pt(32, 32) {
		t.Errorf("the picture in it is %v, want 32 by 32", got)
	}
}

// TestTheMarkHasTheColoursOfTheOrganization, and the same as SVG.
func TestTheMarkHasTheColoursOfTheOrganization(t *testing.T) {
	main, accent := Colour{0x1d, 0x3f, 0x8a}, Colour{0xd4, 0x35, 0x1c}
	files := made(t, hub, main, accent)
	picture := decoded(t, "icon-512.png", files["icon-512.png"])
	for place, want := range map[image.Point]Colour{
		{256, 50}:  main,   // the upper board
		{256, 300}: main,   // its tail
		{256, 480}: accent, // the lower board
		{30, 300}:  accent,
		{30, 176}:  white, // the joint
		{256, 368}: white,
	} {
		if got := color.RGBAModel.Convert(picture.At(place.X, place.Y)); got != want.rgba() {
			t.Errorf("at %v there is %v, want %s", place, got, want)
		}
	}
	if _, _, _, opacity := picture.At(0, 0).RGBA(); opacity != 0 {
		t.Error("its corners are not round")
	}
	var icon struct {
		XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
		Paths   []struct {
			Fill string `xml:"fill,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal(files["icon.svg"], &icon); err != nil {
		t.Fatal(err)
	}
	if len(icon.Paths) != 3 || icon.Paths[0].Fill != main.String() || icon.Paths[1].Fill != accent.String() {
		t.Errorf("icon.svg is %s", files["icon.svg"])
	}
}

// TestAnySystemMayCutTheMaskableIcon to a circle of four fifths of its width: the
// joint is whole in it.
func TestAnySystemMayCutTheMaskableIcon(t *testing.T) {
	body := made(t, hub, black, black)["icon-maskable-512.png"]
	picture := decoded(t, "icon-maskable-512.png", body)
	for y := 12 * 512 / markSize; y < 512; y++ { // below the straight part of the joint
		for x := range 512 {
			dx, dy := x-256, y-256
			if lit, _, _, _ := picture.At(x, y).RGBA(); lit > 0 && dx*dx+dy*dy > 205*205 {
				t.Fatalf("part of the joint is at %d, %d, outside the circle", x, y)
			}
		}
	}
}

// TestAnyNameHasRoomInTheSocialPicture and does not touch what is below it.
func TestAnyNameHasRoomInTheSocialPicture(t *testing.T) {
	draw := func(name string) *image.Paletted {
		return must(social(name, i18n.French, black, black)).(*image.Paletted)
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
		if !written.In(room) || written.Dy() < 15 { // smaller, nobody reads it
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

func TestAccentsThatStandApartAreDrawnOnTheirLetters(t *testing.T) {
	apart := encode(must(social("Sante\u0301", i18n.French, DefaultMain, DefaultAccent)))
	together := encode(must(social("Santé", i18n.French, DefaultMain, DefaultAccent)))
	if !bytes.Equal(apart, together) {
		t.Error("the same name, written in another way, looks otherwise")
	}
}

// BenchmarkNew measures what each start of the site waits for.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(hub, DefaultMain, DefaultAccent, ""); err != nil {
			b.Fatal(err)
		}
	}
}
