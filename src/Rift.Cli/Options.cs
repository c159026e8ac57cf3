using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Rift.Cli;

/// <summary>The options that several commands have, and numbers that are read the same everywhere.</summary>
internal static class Options
{
    internal static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    internal static Option<bool> Quiet(string description = "No progress and no notes on standard error.") => new("--quiet") { Description = description };

    internal static Option<string?> Out(string description) => new("--out") { Description = description, HelpName = "PATH" };

    internal static Option<int?> Threads() => WholeNumber("--threads", "N", "Number of threads; the result is the same for any. Default: one for each processor.", 1);

    internal static Option<int?> Seed() => WholeNumber("--seed", "N", "Seed of the random cases. Default: 0.", 0);

    /// <summary>A number with a lower end, written as 0.5 or 1e-3.</summary>
    internal static Option<double?> Number(string name, string helpName, string description, Func<double, bool> isValid, string expected) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && isValid(number)) return number;
            return Refuse<double?>(result, name, text, expected);
        },
    };

    /// <summary>A whole number with a least value.</summary>
    internal static Option<int?> WholeNumber(string name, string helpName, string description, int least) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least) return number;
            return Refuse<int?>(result, name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {int.MaxValue}"));
        },
    };

    private static T? Refuse<T>(ArgumentResult result, string name, string found, string expected)
    {
        result.AddError($"{name}: found '{found}', expected {expected}");
        return default;
    }
}
