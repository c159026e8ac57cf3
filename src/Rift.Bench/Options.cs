using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Rift.Bench;

/// <summary>The options of the plain modes, read the same everywhere.</summary>
internal sealed class Options
{
    internal const double DefaultTemperature = 0.1;

    /// <summary>The options that every mode on a folder has.</summary>
    /// <param name="repetitions">How often the work is timed unless the user says otherwise.</param>
    internal Options(int repetitions)
    {
        Temperature = Number("--temperature", "A", "Temperature alpha, 0 for the hard maximum. Default: 0.1.", a => a >= 0, "a number of at least 0", DefaultTemperature);
        Discount = OptionalNumber("--discount", "G", "Discount gamma. Default: that of the workload.", g => g is >= 0 and < 1, "a number of at least 0 and below 1");
        Threads = WholeNumber("--threads", "N", "Number of threads. Default: 1.", 1);
        Repetitions = WholeNumber("--repetitions", "R", string.Create(CultureInfo.InvariantCulture, $"How often the work is timed, after a warm-up of at least half a second. Default: {repetitions}."), repetitions);
        Json = new Option<bool>("--json") { Description = "Print the result as one line of JSON." };
    }

    internal Argument<string> Folder { get; } = new("DIR") { Description = "A workload folder." };

    internal Option<double> Temperature { get; }

    internal Option<double?> Discount { get; }

    internal Option<int> Threads { get; }

    internal Option<int> Repetitions { get; }

    internal Option<bool> Json { get; }

    /// <summary>A command with these options.</summary>
    internal Command Command(string name, string description, params ReadOnlySpan<Option> more)
    {
        Command command = new(name, description) { Folder, Temperature, Discount, Threads, Repetitions, Json };
        foreach (Option option in more) command.Add(option);
        return command;
    }

    /// <summary>A number with a default.</summary>
    internal static Option<double> Number(string name, string helpName, string description, Func<double, bool> isValid, string expected, double byDefault) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => Parse(result, name, isValid, expected) ?? byDefault,
    };

    private static Option<double?> OptionalNumber(string name, string helpName, string description, Func<double, bool> isValid, string expected) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, name, isValid, expected),
    };

    /// <summary>A whole number from 1, with a default.</summary>
    internal static Option<int> WholeNumber(string name, string helpName, string description, int byDefault) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1) return number;
            result.AddError($"{name}: found '{text}', expected a whole number from 1");
            return byDefault;
        },
    };

    private static double? Parse(ArgumentResult result, string name, Func<double, bool> isValid, string expected)
    {
        string text = result.Tokens[^1].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && isValid(number)) return number;
        result.AddError($"{name}: found '{text}', expected {expected}");
        return null;
    }
}
