using PublicApiGenerator;
using Rift.Experiments;
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;
using Rift.Testing;
using Rift.Theory;

namespace Rift.Cli.Tests;

/// <summary>What the libraries offer is written in a file beside each project, <c>PublicApi.txt</c>, so that a change of it is seen and reviewed.</summary>
/// <remarks>A change that is meant is accepted by running these tests with <c>RIFT_ACCEPT=1</c> in the environment, which writes the files anew.</remarks>
public class PublicApiTests
{
    private static readonly ApiGeneratorOptions _options = new() { IncludeAssemblyAttributes = false };

    private static readonly Type[] _assemblies = [typeof(MarkovDecisionProcess), typeof(WorldCatalog), typeof(Statement), typeof(Expert), typeof(Reproduction), typeof(HouseStyle)];

    [TestCaseSource(nameof(_assemblies))]
    public void What_a_library_offers_is_what_was_reviewed(Type member)
    {
        string path = Repository.PathOf("src", member.Assembly.GetName().Name!, "PublicApi.txt");
        string offered = member.Assembly.GeneratePublicApi(_options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("RIFT_ACCEPT") == "1") File.WriteAllText(path, offered);
        Assert.That(offered.Split('\n'), Is.EqualTo(File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n')), "see CONTRIBUTING.md: the public API");
    }
}
