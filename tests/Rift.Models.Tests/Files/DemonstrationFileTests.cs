using Rift.Mdp;

namespace Rift.Models.Tests;

public class DemonstrationFileTests
{
    private static readonly MarkovDecisionProcess _forest = WorldCatalog.Create("forest:3");

    [Test]
    public void Decisions_are_read_by_number_and_by_label_and_put_in_order_of_time()
    {
        using ScratchFile file = new("action,id,state,t,x-note\nwait,ann,0,2,\n0, ann ,1,1,a b\n\"cut\",bob,\"age 2\",-5,\"c, \"\"d\"\"\"\n\n");
        Demonstrations read = DemonstrationFile.Read(file.Path, _forest);
        Assert.Multiple(() =>
        {
            Assert.That(read.Total, Is.EqualTo(3));
            Assert.That(read.Trajectories.Select(one => one.Id), Is.EqualTo(new[] { "ann", "bob" }));
            Assert.That(read.Trajectories[0].Decisions, Is.EqualTo(new[] { new Decision(1, 0), new Decision(0, 0) }));
            Assert.That(read.Counts[2, 1], Is.EqualTo(1));
            Assert.That(read.IsPopulation, Is.False);
        });
    }

    [Test]
    public void Counts_are_read_and_summed()
    {
        using ScratchFile file = new("state,action,count\n0,wait,3\n0,0,2\n1,cut,0.5\n");
        Demonstrations read = DemonstrationFile.Read(file.Path, _forest);
        Assert.Multiple(() =>
        {
            Assert.That(read.Counts[0, 0], Is.EqualTo(5));
            Assert.That(read.Total, Is.EqualTo(5.5));
            Assert.That(read.Trajectories, Is.Empty);
        });
    }

    [TestCase("", "lake.json: found an empty file, expected a line with the names of the columns")]
    [TestCase("id,t,state,action", "lake.json: found no decision, expected at least one line below the header")]
    [TestCase("id,state,action\na,0,0", "lake.json: line 1: found the columns id,state,action, expected id,t,state,action or state,action,count, and others that begin with x-")]
    [TestCase("id,t,state,state\n", "lake.json: line 1: found the column name \"state\", expected a name for each column, and each once")]
    [TestCase("id,t,state,action\na,0,0", "lake.json: line 2: found 3 fields, expected 4, as the header has")]
    [TestCase("id,t,state,action\na,0,3,0", "lake.json: line 2, state: found \"3\", expected a number from 0 to 2, or a label such as age 0")]
    [TestCase("id,t,state,action\na,0,0,-1", "lake.json: line 2, action: found \"-1\", expected a number from 0 to 1, or a label such as wait")]
    [TestCase("id,t,state,action\na,0.5,0,0", "lake.json: line 2, t: found \"0.5\", expected a whole number")]
    [TestCase("id,t,state,action\na,0,0,0\n\na,0,1,0", "lake.json: line 4, t: found a second decision of a at 0, expected one")]
    [TestCase("id,t,state,action\na,0,\"0,0", "lake.json: line 2: found a quotation mark that is not closed, expected fields between commas, quoted or not")]
    [TestCase("state,action,count\n0,0,-1", "lake.json: line 2, count: found \"-1\", expected a finite number, 0 or more")]
    [TestCase("state,action,count\n0,0,NaN", "lake.json: line 2, count: found \"NaN\", expected a finite number, 0 or more")]
    [TestCase("state,action,count\n0,0,0", "lake.json: found no decision, expected a count above 0")]
    public void What_is_no_file_of_demonstrations_is_refused(string text, string message)
    {
        using ScratchFile file = new(text);
        Assert.That(file.Refusal(path => DemonstrationFile.Read(path, _forest)), Is.EqualTo(message));
    }

    [Test]
    public void An_action_that_is_not_available_is_refused()
    {
        using ScratchFile file = new("state,action,count\n0,1,1\n4,1,1\n");
        Assert.That(file.Refusal(path => DemonstrationFile.Read(path, WorldCatalog.Create("gridworld"))), Does.StartWith("lake.json: line 3, action: found \"1\", expected an action that is available in the state"));
    }
}
