//! The manual page and the completions of shells, made from the commands themselves.

use std::io::Write;

use clap::CommandFactory;

use super::Arguments;

/// What a shell reads to complete commands, options and formats.
pub fn completions(shell: clap_complete::Shell) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "onrecord", &mut bytes);
    String::from_utf8(bytes).expect("commands are text")
}

/// The manual: the program, then each of its commands.
pub fn page() -> String {
    let mut command = Arguments::command();
    command.build();
    let mut bytes = Vec::new();
    let man = |command: clap::Command| clap_mangen::Man::new(command);
    let memory = "memory takes every byte";
    let whole = man(command.clone());
    // Not its list of commands, which names a page of its own for each: they stand in this one.
    whole.render_title(&mut bytes).expect(memory);
    whole.render_name_section(&mut bytes).expect(memory);
    whole.render_synopsis_section(&mut bytes).expect(memory);
    whole.render_options_section(&mut bytes).expect(memory);
    for one in command.get_subcommands().filter(|one| !one.is_hide_set()) {
        if one.get_name() == "help" {
            continue;
        }
        let name = format!("onrecord {}", one.get_name());
        writeln!(bytes, ".SH {}", name.to_uppercase()).expect(memory);
        let page = man(one.clone());
        page.render_description_section(&mut bytes).expect(memory);
        page.render_options_section(&mut bytes).expect(memory);
        if let Some(more) = one.get_after_help() {
            writeln!(bytes, ".PP\n.nf").expect(memory);
            for line in more.to_string().lines() {
                let line = line.replace('\\', "\\\\").replace('-', "\\-");
                writeln!(bytes, "\\&{line}").expect(memory);
            }
            writeln!(bytes, ".fi").expect(memory);
        }
    }
    String::from_utf8(bytes).expect("commands are text")
}
