//! Pictures in Word: how large they are, and what older readers are shown of a drawing.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage};

use super::xml::Xml;
use crate::library::Templates;

/// Word measures drawings in these, a point has so many.
const EMU: f64 = 12_700.0;
/// How many pixels a point of a drawing becomes, and how many there may be in all.
const PIXELS: f32 = 3.0;
const MOST_PIXELS: f32 = 3_000.0;

/// A picture and its size in points.
pub struct Picture {
    /// The picture that every reader shows.
    pub shown: Vec<u8>,
    /// The ending of its name.
    pub ending: &'static str,
    /// The drawing that it was made of, for readers that can show it.
    pub drawn: Option<Vec<u8>>,
    width: f64,
    height: f64,
}

impl Picture {
    /// A picture of a file; none where it is no picture.
    pub fn of(name: &str, bytes: &[u8], templates: &Templates) -> Option<Self> {
        let (ending, format) = match name.rsplit('.').next().unwrap_or_default().to_lowercase().as_str() {
            "png" => ("png", ExchangeFormat::Png),
            "jpg" | "jpeg" => ("jpeg", ExchangeFormat::Jpg),
            _ => return Self::drawn(bytes, templates),
        };
        let raster = RasterImage::plain(Bytes::new(bytes.to_vec()), format).ok()?;
        // As large as on paper: by its own resolution, or 72 dots an inch.
        let points = 72.0 / raster.dpi().unwrap_or(72.0);
        Some(Self {
            shown: bytes.to_vec(),
            ending,
            drawn: None,
            width: f64::from(raster.width()) * points,
            height: f64::from(raster.height()) * points,
        })
    }

    fn drawn(bytes: &[u8], templates: &Templates) -> Option<Self> {
        let mut options = Options::default();
        if bytes.windows(5).any(|tag| tag == b"<text") {
            options.fontdb = fonts(templates);
            options.font_family = "Tjut Sans".into();
        }
        let tree = Tree::from_data(bytes, &options).ok()?;
        let size = tree.size();
        let scale = PIXELS.min(MOST_PIXELS / size.width().max(size.height()));
        let pixels = size.to_int_size().scale_by(scale)?;
        let mut canvas = Pixmap::new(pixels.width(), pixels.height())?;
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
        Some(Self {
            shown: canvas.encode_png().ok()?,
            ending: "png",
            drawn: Some(bytes.to_vec()),
            width: f64::from(size.width()),
            height: f64::from(size.height()),
        })
    }

    /// The picture, made smaller where it is larger than this.
    #[must_use]
    pub fn within(self, width: f64, height: f64) -> Self {
        let scale = (width / self.width).min(height / self.height).min(1.0);
        Self { width: self.width * scale, height: self.height * scale, ..self }
    }

    /// The picture, so high.
    #[must_use]
    pub fn with_height(self, height: f64) -> Self {
        Self { width: self.width * height / self.height, height, ..self }
    }
}

/// The fonts that drawings are written with; Word's own names mean those with their metrics.
fn fonts(templates: &Templates) -> Arc<fontdb::Database> {
    let mut fonts = fontdb::Database::new();
    for name in templates.names("fonts/", ".ttf") {
        if let Some(bytes) = templates.file(name) {
            fonts.load_font_data(bytes.to_vec());
        }
    }
    fonts.set_serif_family("Tjut Serif");
    fonts.set_sans_serif_family("Tjut Sans");
    Arc::new(fonts)
}

/// Writes a picture into a run; `number` tells it from others.
pub fn write(picture: &Picture, alt: &str, number: usize, shown: &str, drawn: Option<&str>, out: &mut Xml) {
    let emu = |points: f64| format!("{:.0}", (points * EMU).round().max(1.0));
    let (width, height) = (emu(picture.width), emu(picture.height));
    let number = number.to_string();
    let name = format!("Bild {number}");
    out.open("w:r", &[]);
    out.open("w:drawing", &[]);
    out.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
    out.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
    out.empty("wp:docPr", &[("id", &number), ("name", &name), ("descr", alt)]);
    out.open("a:graphic", &[("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")]);
    const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
    out.open("a:graphicData", &[("uri", PICTURE)]);
    out.open("pic:pic", &[("xmlns:pic", PICTURE)]);
    out.open("pic:nvPicPr", &[]);
    out.empty("pic:cNvPr", &[("id", &number), ("name", &name), ("descr", alt)]);
    out.empty("pic:cNvPicPr", &[]);
    out.close("pic:nvPicPr");
    out.open("pic:blipFill", &[]);
    match drawn {
        None => out.empty("a:blip", &[("r:embed", shown)]),
        Some(drawn) => {
            out.open("a:blip", &[("r:embed", shown)]);
            out.open("a:extLst", &[]);
            out.open("a:ext", &[("uri", "{96DAC541-7B7A-43D3-8B79-37D633B846F1}")]);
            const SVG: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
            out.empty("asvg:svgBlip", &[("xmlns:asvg", SVG), ("r:embed", drawn)]);
            out.close("a:ext");
            out.close("a:extLst");
            out.close("a:blip");
        }
    }
    out.raw(b"<a:stretch><a:fillRect/></a:stretch>");
    out.close("pic:blipFill");
    out.open("pic:spPr", &[]);
    out.raw(b"<a:xfrm><a:off x=\"0\" y=\"0\"/>");
    out.empty("a:ext", &[("cx", &width), ("cy", &height)]);
    out.raw(b"</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
    for name in ["pic:spPr", "pic:pic", "a:graphicData", "a:graphic", "wp:inline", "w:drawing", "w:r"] {
        out.close(name);
    }
}
