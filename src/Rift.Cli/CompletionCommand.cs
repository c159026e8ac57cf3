using System.CommandLine;

namespace Rift.Cli;

/// <summary><c>rift completion</c>: a script that makes a shell ask <c>rift</c> itself what may come next.</summary>
internal static class CompletionCommand
{
    // The shells split words at colons or quote as they please, so each script hands over the text up to the cursor, without the word rift.
    private const string Bash = """
        # Completion of rift for bash. In ~/.bashrc: eval "$(rift completion bash)"
        _rift() {
            local text="${COMP_LINE:0:COMP_POINT}" candidate
            text="${text#*rift }"
            local current="${text##* }"
            local before_colon="${current%"${current##*[:=]}"}"
            COMPREPLY=()
            while IFS= read -r candidate; do
                if [[ "$candidate" == "$current"* ]]; then COMPREPLY+=("${candidate#"$before_colon"}"); fi
            done < <(rift "[suggest:${#text}]" "$text" 2>/dev/null)
        }
        complete -o bashdefault -o default -F _rift rift
        """;

    private const string Zsh = """
        #compdef rift
        # Completion of rift for zsh. In ~/.zshrc, after compinit: eval "$(rift completion zsh)"
        _rift() {
            local text="${${BUFFER[1,CURSOR]}#*rift }"
            local -a candidates
            candidates=("${(@f)$(rift "[suggest:${#text}]" "$text" 2>/dev/null)}")
            compadd -- "${candidates[@]}"
            _files
        }
        compdef _rift rift
        """;

    private const string Fish = """
        # Completion of rift for fish. In ~/.config/fish/completions/rift.fish: rift completion fish | source
        function __rift_candidates
            set -l text (commandline --cut-at-cursor | string replace --regex '^.*?rift ' '')
            rift "[suggest:"(string length -- "$text")"]" "$text" 2>/dev/null
        end
        complete --command rift --arguments '(__rift_candidates)'
        """;

    internal static Command Create(Terminal terminal)
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh or fish.", HelpName = "SHELL" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Command command = new("completion", "Print a script that completes commands, options and model names in a shell.") { shell };
        command.SetAction(parsed =>
        {
            terminal.Output.WriteLine(parsed.GetRequiredValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => Fish,
            });
            return ExitCode.Done;
        });
        return command;
    }
}
