using System.CommandLine;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Cli;

/// <summary><c>rift convert</c>: a model from one file format to another.</summary>
internal static class ConvertCommand
{
    private const string RiftFormat = "rift-model-1", GymnasiumFormat = "gymnasium-P";

    internal static Command Create(Terminal terminal)
    {
        Argument<string> input = ModelArgument.Create("in");
        Argument<string> output = new("out") { Description = "The file to write.", HelpName = "OUT" };
        Option<bool> renormalise = new("--renormalise") { Description = "Divide rows of probabilities by their sums, and say by how much they were off." };
        Option<string> format = new("--to") { Description = $"The format to write. Default: {RiftFormat}.", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong(RiftFormat, GymnasiumFormat);
        Option<bool> quiet = Options.Quiet();
        Command command = new("convert", "Read a model and write it in a format of choice.") { input, output, renormalise, format, quiet };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(output);
            OutputFile.Require(path);
            ReadOptions options = new() { Renormalise = parsed.GetValue(renormalise) };
            string source = parsed.GetRequiredValue(input);
            MarkovDecisionProcess model = ModelArgument.Read(source, terminal, parsed.GetValue(quiet), options);
            try
            {
                ModelFile.Write(model, path, parsed.GetValue(format) == GymnasiumFormat ? ModelFormat.Gymnasium : ModelFormat.Rift);
            }
            catch (ArgumentException unsayable)
            {
                throw new InputException($"{source}: {Failure.Text(unsayable)}");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
