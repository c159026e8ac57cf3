namespace Rift.Mdp;

/// <summary>Modified policy iteration (Puterman and Shin 1978): each backup is followed by sweeps that evaluate its policy without improving it.</summary>
/// <remarks>A sweep of evaluation needs no exponentials. The error shrinks by about gamma^(1 + <see cref="EvaluationSweeps"/>) an iteration once the policy has settled.</remarks>
public sealed record ModifiedPolicyIteration : SoftAlgorithm
{
    /// <summary>Evaluation sweeps after each backup, at least 1. Default 20.</summary>
    public int EvaluationSweeps { get; init => field = Require.Positive(value, nameof(EvaluationSweeps)); } = 20;

    /// <inheritdoc/>
    public override string Name => "modified policy iteration";

    private protected override void Improve(SoftIteration iteration)
    {
        // T V = b + gamma P V for the policy of V, so b = T V - gamma P V: what the policy earns, entropy and base measure included.
        PolicyKernel map = new(iteration.Problem.Mdp, iteration.LogPolicy());
        int states = iteration.Values.Length;
        double[] earned = new double[states], expected = new double[states];
        map.Expect(iteration.Values, expected);
        for (int s = 0; s < states; s++) earned[s] = iteration.Next[s] - (map.Discount * expected[s]);
        iteration.TakeNext();
        Span<double> values = iteration.Revise();
        for (int sweep = 0; sweep < EvaluationSweeps; sweep++)
        {
            map.Expect(values, expected);
            for (int s = 0; s < states; s++) values[s] = earned[s] + (map.Discount * expected[s]);
        }
    }
}
