package web

import (
	"image"
	"image/color"
	"image/draw"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/net/html"
)

// scan reads the QR code on a page from its painted image, as a camera would.
func (p *htmlPage) scan(t *testing.T) string {
	t.Helper()
	pictures := elements(p.root, isTag("svg"))
	if len(pictures) != 1 {
		t.Fatalf("there are %d pictures, want 1", len(pictures))
	}
	return decode(t, paint(t, pictures[0]))
}

// paint draws the rectangles of the path of an SVG, eight pixels to a unit.
func paint(t *testing.T, svg *html.Node) image.Image {
	t.Helper()
	const scale = 8
	box := pathNumbers(t, attribute(svg, "viewBox"))
	if len(box) != 4 || box[0] != 0 || box[1] != 0 || box[2] != box[3] {
		t.Fatalf("the view box is %v", box)
	}
	picture := image.NewGray(image.Rect(0, 0, box[2]*scale, box[3]*scale))
	draw.Draw(picture, picture.Bounds(), image.White, image.Point{}, draw.Src)
	for _, part := range strings.Split(strings.TrimSuffix(attribute(elements(svg, isTag("path"))[0], "d"), "z"), "z") {
		n := pathNumbers(t, strings.NewReplacer("M", "", "h-", " ", "h", " ", "v", " ").Replace(part))
		if len(n) != 5 || n[2] != n[4] || n[3] != 1 {
			t.Fatalf("%q is no rectangle of a height of 1", part)
		}
		bar := image.Rect(n[0]*scale, n[1]*scale, (n[0]+n[2])*scale, (n[1]+1)*scale)
		draw.Draw(picture, bar, image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	return picture
}

func pathNumbers(t *testing.T, text string) (list []int) {
	t.Helper()
	for _, word := range strings.Fields(text) {
		n, err := strconv.Atoi(word)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, n)
	}
	return list
}

func decode(t *testing.T, picture image.Image) string {
	t.Helper()
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
	if err != nil {
		t.Fatalf("the code cannot be read: %v", err)
	}
	return result.GetText()
}

func TestQRCodeCanBeRead(t *testing.T) {
	for _, want := range []string{"A", "https://adhesion.example.ca/fr/code/ACDEFGHJ", "http://localhost:3000/en/code/99999999", strings.Repeat("Joinery ", 100)} {
		code, err := newQRCode(want)
		if err != nil {
			t.Fatal(err)
		}
		page := `<svg viewBox="0 0 ` + strconv.Itoa(code.Size) + " " + strconv.Itoa(code.Size) + `"><path d="` + code.Path + `"></path></svg>`
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		if got := (&htmlPage{root: root}).scan(t); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

// TestQRCodeHasAQuietZone wants four light modules on each side, as ISO/IEC 18004
// requires.
func TestQRCodeHasAQuietZone(t *testing.T) {
	code, err := newQRCode("https://adhesion.example.ca/fr/code/ACDEFGHJ")
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(strings.TrimSuffix(code.Path, "z"), "z") {
		n := pathNumbers(t, strings.NewReplacer("M", "", "h-", " ", "h", " ", "v", " ").Replace(part))
		if n[0] < 4 || n[1] < 4 || n[0]+n[2] > code.Size-4 || n[1] >= code.Size-4 {
			t.Errorf("%q is in the quiet zone", part)
		}
	}
}

func TestQRCodeOfTooLongATextIsAnError(t *testing.T) {
	if _, err := newQRCode(strings.Repeat("x", 5000)); err == nil {
		t.Error("5000 characters fit in a QR code")
	}
}
