//! `onrecord format`: what it writes, what it only says, and its exit codes.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const UNTIDY: &str = "It leaks.[^a,4:12]\n\n[^a]:audio,the meeting;on record\n";
const TIDY: &str = "It leaks.[^a, 4:12]\n\n[^a]: audio, the meeting; on record\n";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path =
            std::env::temp_dir().join(format!("onrecord-format-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a folder can be made");
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Exit code, standard output, standard error.
fn format(folder: &Folder, arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("format")
        .args(arguments)
        .current_dir(&folder.0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code().expect("it ends by itself"),
        words(&output.stdout),
        words(&output.stderr),
    )
}

#[test]
fn a_draft_is_tidied_in_place_and_then_it_is_tidy() {
    let folder = Folder::new("place");
    let path = folder.0.join("a.lede");
    fs::write(&path, UNTIDY).expect("a file can be written");
    fs::write(folder.0.join("b.lede"), TIDY).expect("a file can be written");
    let (code, out, _) = format(&folder, &["--check", "."], "");
    assert_eq!((code, out.trim_start_matches("./")), (1, "a.lede\n"));
    assert_eq!(fs::read_to_string(&path).expect("it is there"), UNTIDY);
    let (code, out, _) = format(&folder, &["--diff", "a.lede"], "");
    assert!(code == 1 && out.contains("+It leaks.[^a, 4:12]"), "{out}");
    let (code, out, told) = format(&folder, &["."], "");
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(
        told.contains("tidied") && !told.contains("b.lede"),
        "{told}"
    );
    assert_eq!(fs::read_to_string(&path).expect("it is there"), TIDY);
    assert_eq!(format(&folder, &["--check", "."], "").0, 0);
}

#[test]
fn standard_input_is_printed_tidied_and_quotes_are_curled_for_those_who_ask() {
    let folder = Folder::new("input");
    assert_eq!(format(&folder, &["-"], UNTIDY).1, TIDY);
    let straight = "\"It's old,\" said Dana Ortiz.\n";
    assert_eq!(format(&folder, &["-"], straight).1, straight);
    let curled = format(&folder, &["-", "--curl-quotes"], straight).1;
    assert_eq!(curled, "“It’s old,” said Dana Ortiz.\n");
}

#[test]
fn what_is_not_a_text_or_not_there_is_told_and_left_alone() {
    let folder = Folder::new("left");
    let latin = b"Jos\xe9.[^a,1]\n".to_vec();
    fs::write(folder.0.join("latin.lede"), &latin).expect("a file can be written");
    let mark = format!("\u{feff}{}", UNTIDY.replace('\n', "\r\n"));
    fs::write(folder.0.join("mark.lede"), &mark).expect("a file can be written");
    let (code, _, told) = format(&folder, &["latin.lede", "mark.lede", "none.lede"], "");
    assert_eq!(code, 2);
    assert!(
        told.contains("latin.lede") && told.contains("none.lede"),
        "{told}"
    );
    assert_eq!(
        fs::read(folder.0.join("latin.lede")).expect("it is there"),
        latin
    );
    let after = fs::read_to_string(folder.0.join("mark.lede")).expect("it is there");
    assert_eq!(after, format!("\u{feff}{}", TIDY.replace('\n', "\r\n")));
}
