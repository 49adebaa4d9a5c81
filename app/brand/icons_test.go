package brand

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"image"
	"image/color"
	"testing"
)

func TestFaviconHasOnePictureOfTheStatedSize(t *testing.T) {
	ico := brandFiles(t, hubName, DefaultMain, DefaultAccent)["favicon.ico"]
	if !bytes.HasPrefix(ico, []byte{0, 0, 1, 0, 1, 0, 32, 32}) {
		t.Fatalf("it begins with % x", ico[:8])
	}
	size, from := binary.LittleEndian.Uint32(ico[14:]), binary.LittleEndian.Uint32(ico[18:])
	if int(from+size) != len(ico) {
		t.Errorf("its header gives %d bytes from %d, the file has %d", size, from, len(ico))
	}
	if got := mustDecodePNG(t, "favicon.ico", ico[from:]).Bounds().Size(); got != image.Pt(32, 32) {
		t.Errorf("the picture in it is %v, want 32 by 32", got)
	}
}

// TestTheMarkHasTheColoursOfTheOrganization checks the mark as PNG and as SVG.
func TestTheMarkHasTheColoursOfTheOrganization(t *testing.T) {
	main, accent := Colour{0x1d, 0x3f, 0x8a}, Colour{0xd4, 0x35, 0x1c}
	files := brandFiles(t, hubName, main, accent)
	picture := mustDecodePNG(t, "icon-512.png", files["icon-512.png"])
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

// TestMaskableIconSurvivesACircularCut checks that the whole dovetail lies within a
// circle of four fifths of the width of the icon.
func TestMaskableIconSurvivesACircularCut(t *testing.T) {
	body := brandFiles(t, hubName, black, black)["icon-maskable-512.png"]
	picture := mustDecodePNG(t, "icon-maskable-512.png", body)
	for y := 12 * 512 / markSize; y < 512; y++ { // below the straight part of the joint
		for x := range 512 {
			dx, dy := x-256, y-256
			if lit, _, _, _ := picture.At(x, y).RGBA(); lit > 0 && dx*dx+dy*dy > 205*205 {
				t.Fatalf("part of the joint is at %d, %d, outside the circle", x, y)
			}
		}
	}
}
