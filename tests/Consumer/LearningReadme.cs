using Rift.Learning;
using Rift.Mdp;
using Rift.Models;

namespace Consumer;

/// <summary>The code of src/Rift.Learning/README.md.</summary>
internal static class LearningReadme
{
    internal static void Run()
    {
        MarkovDecisionProcess pits = WorldCatalog.Create("pits12");
        Expert expert = Expert.Of(pits);
        Policy prior = Prior.Softened(expert, temperature: 0.03, uniformShare: 0.1);
        StateActionTable phi = new QGapStrategy(Threshold: 0.034).Table(expert, prior, new SplittableRandom(0));

        FineTuning tuned = FineTuning.Of(expert, prior, phi, klWeight: 0.1, horizon: 100);
        foreach ((string name, EvaluatedPolicy policy) in new[] { ("prior", tuned.Prior), ("RIFT", tuned.Rift), ("RLIF", tuned.RlifUniform) })
            Console.WriteLine($"{name} succeeds with probability {policy.FixedHorizon.Success?.Value:F4}");
    }
}
