using System.Text.RegularExpressions;
using Rift.Mdp;
using Rift.Testing;

namespace Rift.Models.Tests;

public partial class ReadmeTests
{
    [Test]
    public void The_code_of_the_README_is_this_and_runs()
    {
        MarkovDecisionProcess lake = WorldCatalog.Create("frozenlake:8x8");
        SoftSolution solution = new SoftProblem(lake, temperature: 0.01).Solve();

        Console.WriteLine(solution.Values[0]);              // the value of the first state ...
        Console.WriteLine(solution.Certificate.HalfWidth);  // ... and a proved bound of its error, rounding included
        Console.WriteLine(Visitation.Of(lake, solution.Policy).States.Values[63]);

        // Fine-tune a prior on interventions, as RIFT does: residual Q-learning with the reward -phi.
        SoftSolution expert = new SoftProblem(lake, temperature: 0).Solve();
        StateActionTable phi = QGapRule.Interventions(QGapRule.Gap(expert, ExpertReading.Mode), threshold: 0.03);
        SoftSolution tuned = SoftProblem.FineTuning(lake, prior: Policy.Uniform(lake.Kernel), reward: -phi, klWeight: 0.1).Solve();

        string code = Code().Match(File.ReadAllText(Repository.PathOf("README.md"))).Groups[1].Value;
        string[] lines = [.. code.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal))];
        string compiled = File.ReadAllText(Repository.PathOf("tests", "Rift.Models.Tests", "ReadmeTests.cs"));
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(9));
            foreach (string line in lines) Assert.That(compiled, Does.Contain($"        {line}\n"));
            Assert.That(tuned.Outcome, Is.EqualTo(Rift.Mdp.Outcome.Converged));
            Assert.That(solution.Values[0], Is.LessThanOrEqualTo(expert.Values[0] + (0.01 * Math.Log(4) / (1 - lake.Discount))).And.GreaterThanOrEqualTo(expert.Values[0]));
        });
    }

    [Test]
    public void Links_of_the_README_lead_somewhere()
    {
        string[] targets = [.. Link().Matches(File.ReadAllText(Repository.PathOf("README.md"))).Select(match => match.Groups[1].Value)];
        Assert.That(targets, Is.Not.Empty);
        foreach (string target in targets) Assert.That(File.Exists(Repository.PathOf(target.Split('/'))), Is.True, target);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)\)")]
    private static partial Regex Link();
}
