//! Golden pages: what documents look like, as small grey pictures. A folder of `tests/pages/` holds a case that is
//! hard to set, and the pictures of its pages; `tests/pages/cases/` those of the worked cases.
//!
//! A page that looks otherwise fails. What is expected, what came and the difference lie beside one another in
//! `target/pages/`, and the message says where on the page it is.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use tjut::diagnostic::Diagnostic;
use tjut::export::pdf;
use tjut::project::disk::{self, Exclusions};
use tjut::project::{Disk, Project};
use tjut::workshop::Workshop;
use typst_layout::Page;
use typst_svg::SvgOptions;

use super::expect::{accepts, all, entries, root};
use super::golden;

/// Pixels a point: 30 an inch, enough for a line that moves to be seen.
const SCALE: f32 = 30.0 / 72.0;
/// Two greys, of 16, that differ by more than this are not the same.
const TOLERANCE: u8 = 3;
/// So many pixels may be others than expected: machines round otherwise.
const MOST: usize = 30;

#[test]
fn pages_look_as_they_are_expected_to() {
    let workshop = golden::workshop();
    let folder = root().join("tests/pages");
    let stress = entries(&folder).into_iter().map(|folder| (folder.join("case.yaml"), folder));
    let stress = stress.filter(|(case, _)| case.is_file());
    let worked = disk::below(&root().join("cases"), &[".yaml"], &Exclusions::none()).expect("readable");
    let worked = worked.into_iter().map(|case| {
        let name = case.strip_prefix(root().join("cases")).expect("below").with_extension("");
        (case, folder.join("cases").join(name))
    });
    all(stress.chain(worked).flat_map(|(case, folder)| compare(&case, &folder, &workshop)));
}

/// Compares the pages of a case with the pictures in a folder.
fn compare(case: &Path, folder: &Path, workshop: &Arc<Workshop>) -> Vec<Result<(), String>> {
    let pages = match pictures(case, workshop) {
        Ok(pages) => pages,
        Err(findings) => return vec![Err(format!("{}: {findings:#?}", case.display()))],
    };
    let file = |number: usize| folder.join(format!("{number}.png"));
    let mut results: Vec<Result<(), String>> =
        pages.iter().enumerate().map(|(at, page)| page.is_expected(&file(at + 1))).collect();
    let more = (pages.len() + 1..).map(file).take_while(|file| file.is_file());
    for file in more {
        if accepts() {
            fs::remove_file(&file).expect("removed");
        } else {
            results.push(Err(format!("{} is a page that there is no more", file.display())));
        }
    }
    results
}

fn pictures(case: &Path, workshop: &Arc<Workshop>) -> Result<Vec<Grey>, Vec<Diagnostic>> {
    let project = Project::new(Disk, workshop.clone());
    let document = project.document(case)?;
    let images = project.load(case).images.clone();
    let laid_out = pdf::layout(&document, workshop, workshop.press(), &images)?;
    Ok(laid_out.pages().iter().map(Grey::of).collect())
}

/// A picture of 16 greys; 15 is white.
struct Grey {
    width: usize,
    height: usize,
    levels: Vec<u8>,
}

impl Grey {
    fn of(page: &Page) -> Self {
        let svg = typst_svg::svg(page, &SvgOptions::default());
        let tree = Tree::from_str(&svg, &Options::default()).expect("Typst writes SVG");
        let size = tree.size().to_int_size().scale_by(SCALE).expect("a size");
        let mut canvas = Pixmap::new(size.width(), size.height()).expect("a canvas");
        canvas.fill(Color::WHITE);
        resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut canvas.as_mut());
        let level = |pixel: &resvg::tiny_skia::PremultipliedColorU8| {
            let sum = 3 * u32::from(pixel.red()) + 6 * u32::from(pixel.green()) + u32::from(pixel.blue());
            u8::try_from(sum / 10 / 16).unwrap_or(15)
        };
        let levels = canvas.pixels().iter().map(level).collect();
        Self { width: size.width() as usize, height: size.height() as usize, levels }
    }

    /// Whether it looks as the picture in a file; accepts it where that is asked for.
    fn is_expected(&self, path: &Path) -> Result<(), String> {
        let expected = Self::read(path);
        let different = expected.as_ref().map(|expected| self.rows_unlike(expected));
        if different.as_ref().is_some_and(|rows| rows.iter().sum::<usize>() <= MOST) {
            return Ok(());
        }
        if accepts() {
            self.write(path);
            return Ok(());
        }
        let name = path.strip_prefix(root()).unwrap_or(path).display();
        let (Some(expected), Some(different)) = (expected, different) else {
            return Err(format!("{name} is missing. If the page is right: TJUT_ACCEPT=1 cargo test"));
        };
        let shown =
            root().join("target/pages").join(path.strip_prefix(root().join("tests/pages")).unwrap_or(path));
        self.beside(&expected).write(&shown);
        let centimetres = |row: Option<usize>| row.unwrap_or_default() as f32 / SCALE / 72.0 * 2.54;
        let (first, last) =
            (different.iter().position(|count| *count > 0), different.iter().rposition(|count| *count > 0));
        Err(format!(
            "{name} looks otherwise, {:.1} to {:.1} cm from the top: see {}. If it is right: TJUT_ACCEPT=1 cargo test",
            centimetres(first),
            centimetres(last),
            shown.display(),
        ))
    }

    fn level(&self, x: usize, y: usize) -> u8 {
        if x < self.width && y < self.height { self.levels[y * self.width + x] } else { 0 }
    }

    fn is_unlike(&self, other: &Self, x: usize, y: usize) -> bool {
        self.level(x, y).abs_diff(other.level(x, y)) > TOLERANCE
    }

    /// How many pixels of each row are others.
    fn rows_unlike(&self, other: &Self) -> Vec<usize> {
        let (width, height) = (self.width.max(other.width), self.height.max(other.height));
        (0..height).map(|y| (0..width).filter(|x| self.is_unlike(other, *x, y)).count()).collect()
    }

    /// What is expected, this, and where they differ, beside one another.
    fn beside(&self, expected: &Self) -> Self {
        let (width, height) = (self.width.max(expected.width), self.height.max(expected.height));
        let mut levels = Vec::new();
        for y in 0..height {
            levels.extend((0..width).map(|x| expected.level(x, y)));
            levels.extend((0..width).map(|x| self.level(x, y)));
            levels.extend((0..width).map(|x| if self.is_unlike(expected, x, y) { 0 } else { 15 }));
        }
        Self { width: 3 * width, height, levels }
    }

    fn read(path: &Path) -> Option<Self> {
        let mut reader = png::Decoder::new(BufReader::new(File::open(path).ok()?)).read_info().ok()?;
        let (width, height) = (reader.info().width as usize, reader.info().height as usize);
        let mut packed = vec![0; reader.output_buffer_size()?];
        reader.next_frame(&mut packed).ok()?;
        let row =
            |row: &[u8]| row.iter().flat_map(|two| [two >> 4, two & 15]).take(width).collect::<Vec<u8>>();
        Some(Self { width, height, levels: packed.chunks(width.div_ceil(2)).flat_map(row).collect() })
    }

    fn write(&self, path: &Path) {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        let file = File::create(path).expect("the picture can be written");
        let side = |side: usize| u32::try_from(side).expect("small");
        let mut encoder = png::Encoder::new(file, side(self.width), side(self.height));
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_compression(png::Compression::High);
        let packed: Vec<u8> = self
            .levels
            .chunks(self.width)
            .flat_map(|row| row.chunks(2).map(|two| two[0] << 4 | two.get(1).copied().unwrap_or_default()))
            .collect();
        let mut writer = encoder.write_header().expect("a picture");
        writer.write_image_data(&packed).expect("a picture");
    }
}

#[test]
fn a_line_that_moves_is_seen() {
    let page = |line: usize| {
        let levels = (0..100 * 100).map(|at| if at / 100 == line { 0 } else { 15 }).collect();
        Grey { width: 100, height: 100, levels }
    };
    assert_eq!(page(40).rows_unlike(&page(40)).iter().sum::<usize>(), 0);
    assert_eq!(page(40).rows_unlike(&page(41)).iter().sum::<usize>(), 200);
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("line.png");
    page(40).write(&file);
    assert!(page(40).is_expected(&file).is_ok());
    assert_eq!(Grey::read(&file).map(|read| read.levels), Some(page(40).levels));
}
