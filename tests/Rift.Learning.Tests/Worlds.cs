using Rift.Models;

namespace Rift.Learning.Tests;

/// <summary>The worlds of the experiments, with thresholds of little, medium and much information, and the temperature of the prior.</summary>
public static class Worlds
{
    public static IEnumerable<string> Names => ["pits12", "windycliff", "frozenlake:8x8", "fourrooms"];

    public static (double High, double Medium, double Low) Thresholds(string world) => world switch
    {
        "pits12" => (0.015, 0.034, 0.157),
        "windycliff" => (0.018, 0.036, 0.229),
        "fourrooms" => (0.015, 0.021, 0.112),
        _ => (0.005, 0.03, 0.157),
    };

    public static Expert ExpertOf(string world) => Expert.Of(WorldCatalog.Create(world));

    public static Policy PriorOf(string world, Expert expert) => Prior.Softened(expert, world == "frozenlake:8x8" ? 0.02 : 0.03, 0.1);

    public static StateActionTable Phi(this InterventionStrategy strategy, Expert expert, Policy? prior = null, long seed = 1) => strategy.Table(expert, prior, new SplittableRandom(seed));
}
