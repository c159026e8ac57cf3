using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>What <c>dotnet pack</c> makes, as those meet it who do not have the repository: packages in a folder, a project that uses them, and the command installed as a tool.</summary>
/// <remarks>
/// The assemblies are those of this build. Everything happens in a temporary folder: its own folder of packages, so that nothing stale is found, with the machine's behind it, so that nothing is fetched.
/// </remarks>
public partial class PackageTests
{
    private const string Version = "0.1.0-test";

    private static readonly string[] _libraries = ["Rift.Mdp", "Rift.Models", "Rift.Theory", "Rift.Learning"];

    private static readonly string[] _packages = [.. _libraries, "Rift.Cli"];

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    private static readonly string _configuration = new DirectoryInfo(TestContext.CurrentContext.TestDirectory).Parent!.Name;

    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void Pack()
    {
        _folder = new TemporaryFolder();
        foreach (string package in _packages) PackInto("feed", package);
        _folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="rift" value="{_folder.PathOf("feed")}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="machine" value="{PackagesOfThisMachine()}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [TestCaseSource(nameof(_packages))]
    public void A_package_says_what_it_is(string package)
    {
        using ZipArchive archive = Archive($"{package}.{Version}.nupkg");
        XElement specification = XDocument.Load(archive.GetEntry($"{package}.nuspec")!.Open()).Root!.Elements().Single();
        string Said(string name) => specification.Elements().Single(element => element.Name.LocalName == name).Value;
        Assert.Multiple(() =>
        {
            Assert.That(Said("license"), Is.EqualTo("MIT"));
            Assert.That(Said("readme"), Is.EqualTo("README.md"));
            Assert.That(Said("description"), Has.Length.GreaterThan(40));
            Assert.That(Said("tags"), Does.Contain("markov-decision-process"));
            Assert.That(Content(archive, "README.md"), Is.EqualTo(File.ReadAllBytes(Repository.PathOf("src", package, "README.md"))));
        });
    }

    [TestCaseSource(nameof(_libraries))]
    public void A_library_comes_with_documentation_and_symbols_and_is_managed_throughout(string package)
    {
        using ZipArchive archive = Archive($"{package}.{Version}.nupkg"), symbols = Archive($"{package}.{Version}.snupkg");
        Assert.Multiple(() =>
        {
            Assert.That(Files(archive, "lib/"), Is.EquivalentTo(new[] { $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml" }));
            Assert.That(Files(symbols, "lib/"), Is.EquivalentTo(new[] { $"lib/net10.0/{package}.pdb" }));
            Assert.That(archive.Entries.Select(entry => entry.FullName), Has.None.StartsWith("runtimes/"));
        });
    }

    [TestCaseSource(nameof(_packages))]
    public void A_release_names_no_folder_of_the_machine_that_made_it(string package)
    {
        if (_configuration != "Release") Assert.Ignore("a debugger looks for the source where it is: only a release is free of folders");
        byte[] root = Encoding.UTF8.GetBytes(Repository.Root);
        using ZipArchive archive = Archive($"{package}.{Version}.nupkg"), symbols = Archive($"{package}.{Version}.snupkg");
        IEnumerable<ZipArchiveEntry> naming = archive.Entries.Concat(symbols.Entries)
            .Where(entry => Path.GetFileName(entry.FullName).StartsWith("rift", StringComparison.OrdinalIgnoreCase) && Content(entry).AsSpan().IndexOf(root) >= 0);
        Assert.That(naming.Select(entry => entry.FullName), Is.Empty);
    }

    [Test]
    public void The_same_build_makes_the_same_package()
    {
        PackInto("again", "Rift.Mdp");
        string name = $"Rift.Mdp.{Version}.nupkg";
        Assert.That(File.ReadAllBytes(Path.Combine(_folder.PathOf("again"), name)), Is.EqualTo(File.ReadAllBytes(Path.Combine(_folder.PathOf("feed"), name))));
    }

    [TestCaseSource(nameof(_libraries))]
    public void The_code_of_a_page_is_what_the_consumer_compiles(string package)
    {
        string name = $"{package.Split('.')[1]}Readme.cs";
        string[] source = File.ReadAllLines(Repository.PathOf("tests", "Consumer", name));
        IEnumerable<string> body = source.SkipWhile(line => line != "    {").Skip(1).TakeWhile(line => line != "    }").Select(line => line.Length == 0 ? line : line[8..]);
        IEnumerable<string> usings = source.TakeWhile(line => line.StartsWith("using ", StringComparison.Ordinal));
        Assert.That(Block(package, "csharp").Split('\n'), Is.EqualTo(usings.Append("").Concat(body)));
    }

    [Test]
    public void A_project_outside_restores_builds_and_runs_with_the_packages()
    {
        Directory.CreateDirectory(_folder.PathOf("consumer"));
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("tests", "Consumer"))) File.Copy(file, Path.Combine(_folder.PathOf("consumer"), Path.GetFileName(file)));
        string output = Run("dotnet", ["run", "-c", "Release", $"-p:RiftVersion={Version}", "-p:UseSharedCompilation=false"], _folder.PathOf("consumer"));
        Assert.Multiple(() =>
        {
            Assert.That(WithoutBounds(output).TrimEnd(), Is.EqualTo(string.Join('\n', _libraries.Select(package => WithoutBounds(Block(package, "text"))))));
            Assert.That(Directory.EnumerateDirectories(_folder.PathOf("packages")).Select(Path.GetFileName), Is.EquivalentTo(_libraries.Select(package => package.ToLowerInvariant())));
        });
    }

    [Test]
    public void The_command_installs_as_a_tool_and_solves()
    {
        Run("dotnet", ["tool", "install", "Rift.Cli", "--version", Version, "--tool-path", _folder.PathOf("tools")], _folder.Root);
        string rift = Path.Combine(_folder.PathOf("tools"), OperatingSystem.IsWindows() ? "rift.exe" : "rift");
        string shown = Block("Rift.Cli", "text");
        Assert.Multiple(() =>
        {
            Assert.That(Run(rift, ["--version"], _folder.Root), Does.StartWith("0.1.0"));
            Assert.That(WithoutBounds(Run(rift, ["solve", "frozenlake:4x4", "--temperature", "0.01"], _folder.Root)), Does.StartWith(WithoutBounds(shown[..shown.IndexOf("...", StringComparison.Ordinal)])));
            Assert.That(Run(rift, ["solve", "chain", "--temperature", "0.1", "--plot", "chain.png"], _folder.Root), Is.Not.Empty);
            Assert.That(File.ReadAllBytes(_folder.PathOf("chain.png")).AsSpan(1, 3).ToArray(), Is.EqualTo("PNG"u8.ToArray()));
        });
    }

    private void PackInto(string feed, string package) =>
        Run("dotnet", ["pack", Repository.PathOf("src", package), "--no-build", "-c", _configuration, "-o", _folder.PathOf(feed),
            $"-p:PackageVersion={Version}", $"-p:NuspecOutputPath={_folder.PathOf("specifications")}/", $"-p:PublishDir={_folder.PathOf("published")}/"], Repository.Root);

    private string PackagesOfThisMachine() => Run("dotnet", ["nuget", "locals", "global-packages", "--list", "--force-english-output"], Repository.Root, isolated: false).Trim()["global-packages: ".Length..];

    /// <summary>Runs a program to its end, and returns what it printed.</summary>
    private string Run(string program, string[] arguments, string folder, bool isolated = true)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        // A build server that outlives its command would keep the folder open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        if (isolated) start.Environment["NUGET_PACKAGES"] = _folder.PathOf("packages");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(_patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} was still running after {_patience}");
        }

        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}: {output.Result}{error.Result}");
        return output.Result.ReplaceLineEndings("\n");
    }

    private ZipArchive Archive(string name) => ZipFile.OpenRead(Path.Combine(_folder.PathOf("feed"), name));

    private static IEnumerable<string> Files(ZipArchive archive, string folder) => archive.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith(folder, StringComparison.Ordinal));

    private static byte[] Content(ZipArchive archive, string name) => Content(archive.GetEntry(name)!);

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>The first block in a language on the page of a package.</summary>
    private static string Block(string package, string language) =>
        Regex.Match(File.ReadAllText(Repository.PathOf("src", package, "README.md")).ReplaceLineEndings("\n"), $"```{language}\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;

    /// <summary>Without the sizes of errors, which are the machine's.</summary>
    private static string WithoutBounds(string text) => Bound().Replace(text, "within");

    [GeneratedRegex(@"within [\d.e-]+")]
    private static partial Regex Bound();
}
