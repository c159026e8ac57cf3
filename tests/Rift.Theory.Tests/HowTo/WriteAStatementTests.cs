using Rift.Mdp;
using Rift.Models;
using Rift.Testing;

namespace Rift.Theory.Tests;

/// <summary>docs/how-to/write-a-statement.md: its class is compiled below, and what it tells is true.</summary>
public class WriteAStatementTests
{
    [Test]
    public void The_page_shows_the_class_that_is_compiled_here()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "how-to", "write-a-statement.md")).ReplaceLineEndings("\n");
        string here = File.ReadAllText(Repository.PathOf("tests", "Rift.Theory.Tests", "HowTo", "MostStoppedLoses.cs")).ReplaceLineEndings("\n");
        Assert.That(page, Does.Contain(here[here.IndexOf("internal sealed class", StringComparison.Ordinal)..]));
    }

    [Test]
    public void The_claim_of_the_page_is_checked_on_a_lake_and_refuted_at_two_states()
    {
        Statement claim = new MostStoppedLoses();
        MarkovDecisionProcess lake = WorldCatalog.Create("frozenlake:4x4");
        Ledger ledger = Ledger.Run([claim], [.. Enumerable.Range(0, 5).Select(i => new LedgerCase($"lake {i}", () => RandomScenario.On($"lake {i}", lake, 0.1, SplittableRandom.Stream(seed: 7, i))))]);
        SearchReport report = new CounterexampleSearch { Seed = 1 }.Run(claim);
        Assert.Multiple(() =>
        {
            Assert.That(ledger.Rows[0].Cases, Is.EqualTo(5));
            Assert.That(ledger.Holds, Is.False);
            Assert.That(report.Counterexample!.Mdp.States, Is.EqualTo(2));
            Assert.That(report.Counterexample.Mdp.Actions, Is.EqualTo(2));
        });
    }

    [Test]
    public void The_counterexample_of_the_page_can_be_read_back()
    {
        Scenario found = new CounterexampleSearch { Seed = 1 }.Run(new MostStoppedLoses()).Counterexample!;
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        try
        {
            ProblemFile.Write(found, path);
            Scenario read = ProblemFile.Read(path);
            Assert.Multiple(() =>
            {
                Assert.That(read.ResidualReward.Entries.ToArray(), Is.EqualTo(found.ResidualReward.Entries.ToArray()));
                Assert.That(read.Mdp.Discount, Is.EqualTo(found.Mdp.Discount));
                Assert.That(read.Omegas, Is.EqualTo(found.Omegas));
                Assert.That(read.Prior.Probability(0, 0), Is.EqualTo(found.Prior.Probability(0, 0)).Within(1e-15));
                Assert.That(new MostStoppedLoses().Check(new SolvedScenario(read), new SplittableRandom(0)).Holds, Is.False);
            });
        }
        finally
        {
            File.Delete(path);
        }
    }
}
