namespace Rift.Theory;

/// <summary>A statement that is often believed and is false, and the true one to believe instead.</summary>
/// <param name="Said">What is said. Its id is the name of the claim.</param>
/// <param name="Instead">What holds.</param>
public sealed record Claim(Statement Said, Statement Instead)
{
    /// <summary>The claims that ship: non-theorems of the paper's neighbourhood, and two intuitions of the classroom.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        new(new OneOmegaTwice(), new Theorem41()),
        new(new PositiveInnerProduct(), new SmoothnessOfPsi()),
        new(new ClippedAdvantageDifference(), new ExactResidual()),
        new(new LowerPsiHigherReturn(), new ReturnShortfall()),
        new(new StopProbabilityFallsWithKlWeight(), new LineCondition()),
        new(new HotterIsMoreRandom(), new EntropyRisesWithTemperature()),
        new(new HotterIsLessGreedy(), new ReturnFallsWithTemperature()),
    ];
}
