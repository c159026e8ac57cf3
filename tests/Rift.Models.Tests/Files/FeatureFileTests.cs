using Rift.Mdp;

namespace Rift.Models.Tests;

public class FeatureFileTests
{
    private static readonly MarkovDecisionProcess _forest = WorldCatalog.Create("forest:3");

    [Test]
    public void A_column_is_a_feature_a_star_stands_for_all_and_what_is_left_out_is_zero()
    {
        using ScratchFile file = new("state,action,wood,effort,x-why\nage 1,cut,1,1,\n2,1,2.5,1,\n*,wait,0,-1e-3,\n");
        IReadOnlyList<RewardFeature> features = FeatureFile.Read(file.Path, _forest);
        Assert.Multiple(() =>
        {
            Assert.That(features.Select(feature => feature.Name), Is.EqualTo(new[] { "wood", "effort" }));
            Assert.That(features[0].Values.Entries.ToArray(), Is.EqualTo(new[] { 0, 0, 0, 1, 0, 2.5 }));
            Assert.That(features[1].Values.Entries.ToArray(), Is.EqualTo(new[] { -1e-3, 0, -1e-3, 1, -1e-3, 1 }));
        });
    }

    [TestCase("state,action\n0,0", "lake.json: line 1: found the columns state,action, expected state,action and a column for each feature")]
    [TestCase("state,wood\n0,0", "lake.json: line 1: found the columns state,wood, expected state,action and a column for each feature")]
    [TestCase("state,action,wood\n0,0,x", "lake.json: line 2, wood: found \"x\", expected a finite number")]
    [TestCase("state,action,wood\n0,0,1\n*,0,1", "lake.json: line 3, state: found state 0, action 0 a second time, expected each once")]
    [TestCase("state,action,wood\n9,0,1", "lake.json: line 2, state: found \"9\", expected a number from 0 to 2, or a label such as age 0")]
    public void What_is_no_file_of_features_is_refused(string text, string message)
    {
        using ScratchFile file = new(text);
        Assert.That(file.Refusal(path => FeatureFile.Read(path, _forest)), Is.EqualTo(message));
    }
}
