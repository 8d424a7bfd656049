# An editor in a terminal, used as a person uses it: a key, a look at what it did, and the key again if nothing came of it.
# Sourced by the checks of the editors that live there; the variable `editor` is helix, neovim or emacs.
export LC_ALL=C.UTF-8 TERM=xterm-256color
terminal=(tmux -L "onrecord-$editor-$$" -f /dev/null)
trap '"${terminal[@]}" kill-server 2>/dev/null' EXIT
passed=0 failed=0
# Seconds until something counts as not there, and until a key is pressed again. Long, for a machine that has much else to do.
PATIENCE=30 AGAIN=8

# begin WIDTH HEIGHT COMMAND: the editor on a new screen. The one before may still be going.
begin() {
    for _ in $(seq 50); do
        "${terminal[@]}" new-session -d -x "$1" -y "$2" "$3" 2>/dev/null && return
        sleep 0.1
    done
    echo "no terminal"
    return 1
}
# ended SECONDS: whether the editor comes to its end.
ended() {
    local end=$((SECONDS + $1))
    while "${terminal[@]}" list-sessions >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.1
    done
}

keys() { "${terminal[@]}" send-keys "$@"; }
letters() { "${terminal[@]}" send-keys -l -- "$1"; }
# The screen, without the spaces that end its lines.
screen() { "${terminal[@]}" capture-pane -p 2>/dev/null | sed 's/ *$//'; }

# shows PATTERN, shows_line WORDS, hides PATTERN: what the screen is now. A screen that cannot be read hides nothing.
shows() { grep -qE -- "$1" <<<"$(screen)"; }
shows_line() { grep -qxF -- "$1" <<<"$(screen)"; }
hides() {
    local now
    now=$(screen)
    [ -n "$now" ] && ! grep -qE -- "$1" <<<"$now"
}
# until_it SECONDS CONDITION...: whether it comes to be so.
until_it() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.1
    done
}
wait_for() { until_it "${2:-$PATIENCE}" shows "$1"; }
wait_gone() { until_it "${2:-$PATIENCE}" hides "$1"; }

# tell WELL WORDS: counts a check that was well (0) or not, says so, and shows the screen that is not as it should be.
tell() {
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
        echo "seen: $2"
    else
        failed=$((failed + 1))
        echo "NOT seen: $2"
        screen
    fi
}
tell_all() {
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# Whether the next key is a command: nothing stands before the text, nothing is asked, and letters are not copy.
at_rest() {
    case $editor in
    helix)
        # Every box has a border: config.toml.
        local now
        now=$(screen)
        grep -q '^ NOR ' <<<"$now" && ! grep -qE '┌|^(search|rename-to)?:' <<<"$now"
        ;;
    # What is asked is asked on the last line, where the cursor is then.
    neovim) hides '^-- ' && [ "$("${terminal[@]}" display-message -p '#{e|<:#{cursor_y},#{e|-:#{pane_height},1}}')" = 1 ] ;;
    emacs) hides '\*Completions\*' ;;
    esac
}
# Presses Escape until that is so, and never when it is: an Escape that is read together with the key after it is that key with Alt.
rest() {
    local key=Escape
    [ "$editor" = emacs ] && key=C-g
    for _ in 1 2 3 4 5; do
        at_rest && return
        keys "$key"
        until_it 3 at_rest && return
    done
    return 1
}
# press PATTERN KEY...: presses keys, at rest, until the screen shows what they are for.
press() {
    local pattern=$1
    shift
    for _ in 1 2 3; do
        rest && keys "$@" && wait_for "$pattern" "$AGAIN" && return
    done
    return 1
}
# asked PROMPT: whether that is asked, whatever stands behind it.
asked() { [[ $'\n'$(screen) == *$'\n'"$1"* ]] && ! at_rest; }
# answer PROMPT WORDS KEY...: opens a prompt, writes there when it has opened, and goes on when it shows the words.
answer() {
    local prompt=$1 words=$2
    shift 2
    rest && keys "$@" && until_it "$AGAIN" asked "$prompt" || return 1
    # Rename has the old name there.
    [ "$prompt" != rename-to: ] || keys C-u
    letters "$words"
    until_it "$AGAIN" shows_line "$prompt$words" && keys Enter
}

# place_of WORDS FILE: where they stand first, as "line column length of them", the column counted from 0.
place_of() {
    local line number=0
    while IFS= read -r line; do
        number=$((number + 1))
        if [[ $line == *"$1"* ]]; then
            line=${line%%"$1"*}
            echo "$number ${#line} ${#1}"
            return
        fi
    done <"$2"
}

save_and_quit() {
    for _ in 1 2 3; do
        case $editor in
        helix | neovim) answer : wq : ;;
        emacs) keys C-x C-s && wait_for 'Wrote |No changes need' "$AGAIN" && keys C-x C-c ;;
        esac
        ended "$AGAIN" && return
    done
    return 1
}
