using FsCheck;
using FsCheck.Fluent;

namespace Rift.Cli.Tests;

/// <summary>A list of words as somebody in a hurry might type them.</summary>
public sealed record Typed(string[] Words)
{
    public override string ToString() => string.Join(' ', Words.Select(word => $"'{word}'"));
}

public static class TypedArbitrary
{
    // No command here writes a file or works for long.
    private static readonly string[] _words =
    [
        "solve", "show", "analyze", "finetune", "--prior=uniform", "--intervention=none", "--kl-weight=1", "env", "list", "export", "completion", "bash", "fish", "chain", "forest", "chain:3", "garnet:4,2,9", "bandit,arms=0", "nowhere.json", "", " ", "@chain", "--", "-",
        "--temperature", "--temperature=0", "0", "1", "-1", "1e-3", "abc", "NaN", "--discount", "0.5", "--horizon", "3", "--method", "auto", "value-iteration", "--prior", "--prior-scale", "--tolerance", "1e-300",
        "--threads", "2", "--json", "--quiet", "--format", "csv", "latex", "--encoding=loops", "--shade", "value", "--help", "-h", "--version", "[suggest:3]", "[diagram]",
    ];

    public static Arbitrary<Typed> Typed() => Arb.From(
        from first in Gen.Frequency((3, Gen.Constant<string[]>(["solve", "chain", "--temperature", "1"])), (2, Gen.Constant<string[]>([])))
        from length in Gen.Choose(0, 5)
        from more in Gen.Elements(_words).ArrayOf(length)
        select new Typed([.. first, .. more]),
        typed => typed.Words.Select((_, i) => new Typed([.. typed.Words[..i], .. typed.Words[(i + 1)..]])));
}

public class AnyArgumentsTests
{
    [Property(Arbitrary = [typeof(TypedArbitrary)], MaxTest = 300)]
    public bool Whatever_is_typed_is_done_or_refused_in_one_line(Typed typed)
    {
        CommandRun run = CommandRun.Of(typed.Words);
        bool isRefusal = run.Code == 2 && run.Output.Length == 0 && run.Error.StartsWith("rift: error: ", StringComparison.Ordinal) && run.Error.TrimEnd().Split('\n').Length == 1;
        bool isResult = run.Code is 0 or 1 && !run.Error.Contains("error", StringComparison.Ordinal);
        return isRefusal || isResult;
    }
}
