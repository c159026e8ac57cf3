using System.Text.RegularExpressions;

namespace Rift.Learning.Tests;

/// <summary>docs/inverse.md: its code is compiled below, and what it tells is true.</summary>
public partial class InversePageTests
{
    private static readonly string _page = File.ReadAllText(Repository.PathOf("docs", "inverse.md")).ReplaceLineEndings("\n");

    [Test]
    public void The_code_of_the_page_is_this_and_does_what_it_says()
    {
        // Five states of wear; going on wears the machine out, a repair makes it new.
        TransitionKernelBuilder wear = new(5, 2);
        for (int s = 0; s < 5; s++) wear.Add(s, 0, Math.Min(s + 1, 4), 0.8).Add(s, 0, s, 0.2).Add(s, 1, 0, 1);
        MarkovDecisionProcess machine = new(wear.Build(), StateActionTable.Constant(5, 2, 0), [1, 0, 0, 0, 0], 0.95);
        static StateActionTable Table(Func<int, int, double> entry) => StateActionTable.Create(5, 2, entry);
        LinearProcess unknown = new(machine, [new("wear", Table((s, a) => a == 0 ? -s : 0)), new("repair", Table((s, a) => a == 1 ? -1 : 0))]);

        // An expert whose policy is known: the reward comes back.
        Policy expert = new SoftProblem(unknown.At([0.5, 2]), temperature: 1).Solve().Policy;
        Demonstrations forEver = Demonstrations.OfPolicy(Visitation.Of(machine, expert));
        RewardEstimate exact = new MaximumLikelihood().Fit(unknown, forEver);

        // The same expert, watched for a while: the reward comes back with errors.
        Demonstrations watched = DemonstrationRollouts.Draw(machine, expert, episodes: 40, horizon: 25, seed: 1);
        RewardEstimate fit = new MaximumLikelihood().Fit(unknown, watched);
        foreach (ParameterEstimate parameter in fit.Parameters) Console.WriteLine($"{parameter.Name} {parameter.Estimate:F3} ({parameter.StandardError:F3})");

        HypothesisTest wald = fit.Wald(new Dictionary<string, double> { ["wear"] = 0.5, ["repair"] = 2 });
        RewardEstimate withoutWear = new MaximumLikelihood().Fit(unknown.With(name => name != "wear"), watched);
        HypothesisTest ratio = fit.LikelihoodRatio(withoutWear);
        BootstrapResult bootstrap = new Bootstrap { Replications = 100, Seed = 1 }.Run(fit);
        ProbabilityBand repairWhenWorn = fit.Probability(state: 4, action: 1);

        // What would be done if a repair cost half as much.
        Counterfactual cheaper = fit.If(new Dictionary<string, double> { ["repair"] = fit.Point[1] / 2 });
        (CertifiedNumber now, CertifiedNumber then) = cheaper.Rate(action: 1);

        FreeReward free = FreeReward.Of(machine.Kernel, watched, temperature: 1, pseudoCount: 0.5);
        SoftSolution again = new SoftProblem(machine.WithReward(free.Reward), temperature: 1).Solve();

        RewardEstimate blind = new MaximumLikelihood().Fit(
            new LinearProcess(machine, [.. unknown.Features, new("level", StateActionTable.Constant(5, 2, 1))]), watched);
        foreach (string line in blind.Identification.Lines) Console.WriteLine(line);

        Assert.Multiple(() =>
        {
            Assert.That(exact.Point, Is.EqualTo(new[] { 0.5, 2 }).Within(1e-5));
            Assert.That(exact.IsGlobal, Is.True);
            for (int k = 0; k < 2; k++) Assert.That(fit.Point[k], Is.EqualTo(exact.Point[k]).Within(4 * fit.Parameters[k].StandardError));
            Assert.That(wald.PValue, Is.GreaterThan(1e-4));
            Assert.That(ratio.PValue, Is.LessThan(1e-4));
            Assert.That(bootstrap.Failures, Is.Zero);
            Assert.That(expert.Probability(4, 1), Is.InRange(repairWhenWorn.Lower - 0.1, repairWhenWorn.Upper + 0.1));
            Assert.That(then.Value, Is.GreaterThan(now.Value));
            Assert.That(again.Policy.Probability(0, 1), Is.EqualTo(free.Policy.Probability(0, 1)).Within(1e-9));
            Assert.That(_page, Does.Contain($"`{blind.Identification.Lines.Single()}`"));
        });
    }

    [Test]
    public void The_page_shows_code_that_is_compiled_here()
    {
        string here = File.ReadAllText(Repository.PathOf("tests", "Rift.Learning.Tests", "Inverse", "InversePageTests.cs")).ReplaceLineEndings("\n");
        string[] snippets = [.. Snippet().Matches(_page).Select(match => match.Groups[1].Value)];
        Assert.That(snippets, Has.Length.EqualTo(3));
        foreach (string line in snippets.SelectMany(snippet => snippet.Split('\n')).Where(line => line.Length > 0)) Assert.That(here, Does.Contain($"        {line}\n"));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
