using System.CommandLine;

namespace Rift.Cli;

/// <summary>What a stationary problem is made of on the command line: the same options wherever one is solved.</summary>
internal sealed class SolveOptions
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<double?> _temperature;
    private readonly Option<double?> _discount = Options.Number("--discount", "G", "Discount gamma instead of the model's own.", x => x is >= 0 and < 1, "a number of at least 0 and below 1");
    private readonly Option<string?> _encoding = EndEncoding.Option();
    private readonly Option<string?> _prior = new("--prior") { Description = "Policy file (rift-policy-1) of a prior pi0: adds alpha W log pi0 to the reward; at temperature 0 it decides ties.", HelpName = "FILE" };
    private readonly Option<double?> _priorScale = Options.Number("--prior-scale", "W", "Scale omega of the prior. Default: 1.", x => x >= 0, "a finite number, 0 or more");
    private readonly Option<double?> _tolerance = Options.Number("--tolerance", "E", "Absolute half-width of the bracket of V. Default: 1e-10 max(1, max|V|), or four times the rounding floor where that is larger.", x => x > 0, "a positive finite number");
    private readonly Option<bool> _quiet = Options.Quiet();
    private readonly Option<int?> _threads = Options.Threads();

    /// <summary>The options of a command.</summary>
    /// <param name="whereNoTemperature">What is said of the temperature where none is given, or null where one must be.</param>
    internal SolveOptions(string? whereNoTemperature = null)
    {
        const string Meaning = "Temperature alpha in the units of the reward per nat; 0 for the hard optimum.";
        _temperature = Options.Number("--temperature", "A", whereNoTemperature is null ? Meaning : $"{Meaning} {whereNoTemperature}", x => x >= 0, "a finite number, 0 or more");
        _temperature.Required = whereNoTemperature is null;
    }

    /// <summary>Adds them to a command, with its own options between the problem and how it is run.</summary>
    internal Command AddTo(Command command, params IEnumerable<Option> own)
    {
        command.Add(_model);
        foreach (Option option in (IEnumerable<Option>)[_temperature, _discount, _encoding, _prior, _priorScale, _tolerance, .. own, _quiet, _threads]) command.Add(option);
        return command;
    }

    /// <summary>What was asked for.</summary>
    internal SolveRequest RequestOf(ParseResult parsed) => new()
    {
        Model = parsed.GetRequiredValue(_model),
        Temperature = parsed.GetValue(_temperature),
        Discount = parsed.GetValue(_discount),
        Encoding = parsed.GetValue(_encoding),
        Prior = parsed.GetValue(_prior),
        PriorScale = parsed.GetValue(_priorScale),
        Tolerance = parsed.GetValue(_tolerance),
        Threads = parsed.GetValue(_threads) ?? Environment.ProcessorCount,
        Quiet = parsed.GetValue(_quiet),
    };
}
