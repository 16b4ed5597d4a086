# Completion for handout in fish. What there is to choose from is read from 'handout --help'
# and 'handout VERB --help', so that it is always what this handout takes.

function __handout_verb
    set -l words (commandline -opc)
    test (count $words) -gt 1; and echo $words[2]
end

function __handout_verbs
    handout --help 2>/dev/null | string replace -rf '^  handout ([a-z]+) +\S+ +(.*)$' '$1\t$2'
end

function __handout_options
    handout (__handout_verb) --help 2>/dev/null | string replace -rf '^ .. (--[a-z-]+)(?: [A-Z][A-Z=/]*)? +(.*)$' '$1\t$2'
end

# The value that the word before wants ("FILE"), or nothing.
function __handout_value
    set -l words (commandline -opc)
    test (count $words) -gt 2; or return 1
    set -l option (string escape --style=regex -- $words[-1])
    handout $words[2] --help 2>/dev/null | string replace -rf -- "^ (?:.. |-. --[a-z-]+ |)?$option(?: --[a-z-]+)? ([A-Z][A-Z=/]*) .*" '$1'
end

function __handout_wants_one_of
    contains -- "$(__handout_value)" WHEN WHICH FORM LIST THEME
end

# "auto, always or never", a word each
function __handout_choices
    set -l words (commandline -opc)
    handout $words[2] --help 2>/dev/null | string replace -rf -- "^ .. $words[-1] [A-Z]+ +" '' | string replace -ra ',? or |, ' '\n' | string split '\n'
end

function __handout_wants_file
    test -n "$(__handout_verb)"; or return 1
    set -l value (__handout_value)
    test -z "$value"; or contains -- $value FILE DIR PATH
end

complete -c handout -f
complete -c handout -n 'not __handout_verb' -a '(__handout_verbs)'
complete -c handout -n '__handout_verb; and not __handout_value' -a '(__handout_options)'
complete -c handout -n __handout_wants_one_of -a '(__handout_choices)'
complete -c handout -n __handout_wants_file -F
