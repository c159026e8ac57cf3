using System.CommandLine;
using System.Globalization;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Cli;

/// <summary><c>rift explore</c>: serves the laboratory page to this machine alone, with a model loaded.</summary>
internal static class ExploreCommand
{
    private const int StandardPort = 8421;

    // The name under which the page finds a model of the user's beside itself.
    private const string ModelName = "model.json";

    internal static Command Create(Terminal terminal)
    {
        Argument<string?> model = new("model") { Description = "A model file, or a built-in world such as frozenlake:8x8: see rift env list. Default: a world of the page's own.", HelpName = "MODEL", Arity = ArgumentArity.ZeroOrOne };
        model.CompletionSources.Add(ModelArgument.Completions);
        Option<int?> port = Options.WholeNumber("--port", "N", string.Create(CultureInfo.InvariantCulture, $"The port to serve on, 1 to 65535. Default: {StandardPort}."), 1);
        Option<string?> site = new("--site") { Description = "The folder of the page. Default: laboratory beside the program, or what dotnet publish src/Rift.Laboratory has made in the source tree.", HelpName = "DIR" };
        Option<bool> quiet = Options.Quiet();
        Command command = new("explore", "Serve the laboratory page, which solves in the browser, on 127.0.0.1.") { model, port, site, quiet };
        command.SetAction(parsed =>
        {
            int number = parsed.GetValue(port) ?? StandardPort;
            if (number > ushort.MaxValue) throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--port: found '{number}', expected a whole number from 1 to {ushort.MaxValue}"));
            string? name = parsed.GetValue(model);
            MarkovDecisionProcess? mdp = name is null ? null : ModelArgument.Read(name, terminal, parsed.GetValue(quiet));
            SiteFolder folder = SiteFolder.Find(parsed.GetValue(site));
            // A built-in world is named in the link; a file is served beside the page.
            bool isFile = name is not null && Path.Exists(name);
            if (isFile) folder.Add(ModelName, FileOf(mdp!));
            using SiteServer server = SiteServer.Start(folder, number);
            string fragment = name is null ? "" : isFile ? $"#file={ModelName}" : $"#world={Uri.EscapeDataString(name)}";
            terminal.Output.WriteLine($"{server.Address}{fragment}");
            terminal.Output.Flush();
            if (!parsed.GetValue(quiet)) terminal.Error.WriteLine("rift: serving to this machine alone; Ctrl-C ends it");
            server.Serve(terminal.Cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The model as a file of the toolkit's own format, whatever it came in.</summary>
    private static byte[] FileOf(MarkovDecisionProcess mdp)
    {
        string path = Path.GetTempFileName();
        try
        {
            ModelFile.Write(mdp, path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
