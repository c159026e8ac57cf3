using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>What the rooms of the house may know of one another.</summary>
public partial class HouseTests
{
    private static readonly Dictionary<string, string[]> _mayKnow = new()
    {
        ["Rift.Mdp"] = [],
        ["Rift.Models"] = ["Rift.Mdp"],
        ["Rift.Theory"] = ["Rift.Mdp"],
        ["Rift.Learning"] = ["Rift.Mdp"],
        ["Rift.Experiments"] = ["Rift.Mdp", "Rift.Models", "Rift.Theory", "Rift.Learning"],
        ["Rift.Plots"] = ["Rift.Mdp", "Rift.Theory", "Rift.Experiments"],
        ["Rift.Laboratory"] = ["Rift.Mdp", "Rift.Models", "Rift.Theory", "Rift.Learning"],
        ["Rift.Bench"] = ["Rift.Mdp", "Rift.Models", "Rift.Learning"],
        ["Rift.Cli"] = ["Rift.Mdp", "Rift.Models", "Rift.Theory", "Rift.Learning", "Rift.Experiments", "Rift.Plots"],
    };

    private static IEnumerable<string> Projects => Written("*.csproj");

    private static IEnumerable<string> Sources => Written("*.cs");

    [TestCaseSource(nameof(Projects))]
    public void A_room_knows_only_those_below_it(string project)
    {
        string room = Path.GetFileNameWithoutExtension(project);
        IEnumerable<string> known = XDocument.Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.That(_mayKnow, Does.ContainKey(room));
        Assert.That(known, Is.SubsetOf(_mayKnow[room]));
    }

    [Test]
    public void MathNet_is_named_in_one_file_for_each_thing_it_does() =>
        Assert.That(Sources.Where(source => CodeLines(source).Any(line => line.Contains("MathNet.", StringComparison.Ordinal))).Select(Path.GetFileName), Is.EquivalentTo(new[] { "ConfidenceInterval.cs", "DenseLu.cs", "HypothesisTest.cs", "SymmetricMatrix.cs" }));

    [Test]
    public void Randomness_comes_from_the_splittable_stream_alone() =>
        Assert.That(Sources.Where(source => SystemRandom().IsMatch(File.ReadAllText(source))).Select(Path.GetFileName), Is.Empty);

    [Test]
    public void Native_code_stays_in_the_room_of_pictures() =>
        Assert.That(Projects.Where(project => File.ReadAllText(project).Contains("ScottPlot", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension), Is.EqualTo(new[] { "Rift.Plots" }));

    private static readonly string[] _withNativeCode = ["Rift.Bench", "Rift.Cli", "Rift.Plots"];

    // What is restored for a project is listed beside its build, with the kind of each file of each package. A project that is not built has no list yet.
    [Test]
    public void What_is_purely_managed_uses_no_package_with_native_code()
    {
        Dictionary<string, bool> hasNativeCode = Projects.Where(project => File.Exists(AssetsOf(project)))
            .ToDictionary(project => Path.GetFileNameWithoutExtension(project), project => NativeFiles(project).Any());
        Assert.Multiple(() =>
        {
            Assert.That(hasNativeCode.Keys, Is.SupersetOf(_mayKnow["Rift.Cli"].Append("Rift.Cli")));
            foreach ((string project, bool isNative) in hasNativeCode) Assert.That(isNative, Is.EqualTo(_withNativeCode.Contains(project)), project);
            Assert.That(Sources.Where(source => NativeCall().IsMatch(File.ReadAllText(source))).Select(Path.GetFileName), Is.Empty);
        });
    }

    [Test]
    public void The_README_names_what_is_purely_managed()
    {
        IEnumerable<string> named = NamedProject().Matches(Readme.PurelyManaged).Select(match => match.Groups[1].Value);
        Assert.That(named, Is.EquivalentTo(Projects.Select(project => Path.GetFileNameWithoutExtension(project)).Except(_withNativeCode)));
    }

    private static string AssetsOf(string project) => Path.Combine(Path.GetDirectoryName(project)!, "obj", "project.assets.json");

    private static IEnumerable<string> NativeFiles(string project)
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(AssetsOf(project)));
        return [.. from target in assets.RootElement.GetProperty("targets").EnumerateObject()
            from package in target.Value.EnumerateObject()
            from kind in package.Value.EnumerateObject()
            where kind.Name is "native" or "runtimeTargets"
            from file in kind.Value.EnumerateObject()
            where kind.Name == "native" || file.Value.GetProperty("assetType").GetString() == "native"
            select $"{package.Name}: {file.Name}"];
    }

    /// <summary>The files that people wrote: not what a build or a benchmark leaves behind.</summary>
    private static IEnumerable<string> Written(string pattern) => Directory.EnumerateFiles(Repository.PathOf("src"), pattern, SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).Order();

    private static IEnumerable<string> CodeLines(string source) => File.ReadLines(source).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));

    [GeneratedRegex(@"\[(DllImport|LibraryImport)\(")]
    private static partial Regex NativeCall();

    [GeneratedRegex("`(Rift\\.[A-Za-z]+)`")]
    private static partial Regex NamedProject();

    [GeneratedRegex(@"System\.Random\b|new Random\(|Random\.Shared")]
    private static partial Regex SystemRandom();
}
