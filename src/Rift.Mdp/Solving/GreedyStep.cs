namespace Rift.Mdp;

/// <summary>What a V implies for one step: Q = r + gamma E V, the policy that is best for it, and how far both can be from the optimal ones. Made when first asked for.</summary>
internal sealed class GreedyStep
{
    private readonly SoftProblem _problem;
    private readonly Lazy<(StateActionTable Q, Policy Policy, double LogRadius)> _made;

    internal GreedyStep(SoftProblem problem, double[] values, double tieTolerance, double qRadius, Execution execution)
    {
        _problem = problem;
        Values = values;
        TieTolerance = tieTolerance;
        QRadius = qRadius;
        _made = new(() => Make(execution));
    }

    internal double[] Values { get; }

    internal double TieTolerance { get; }

    /// <summary>|Q - Q*| is at most this.</summary>
    internal double QRadius { get; }

    internal StateActionTable Q => _made.Value.Q;

    internal Policy Policy => _made.Value.Policy;

    /// <summary>|log pi - log pi*| is at most this.</summary>
    internal double LogRadius => _made.Value.LogRadius;

    private (StateActionTable Q, Policy Policy, double LogRadius) Make(Execution execution)
    {
        int states = _problem.Mdp.States, actions = _problem.Mdp.Actions;
        double[] q = new double[states * actions], logPolicy = new double[q.Length];
        double logRounding = PolicySweep.LogPolicy(_problem, Values, TieTolerance, q, logPolicy, execution.Threads);
        StateActionTable qTable = StateActionTable.Own(states, actions, q);
        Policy policy = Policy.FromLogProbabilities(StateActionTable.Own(states, actions, logPolicy));
        if (_problem.Temperature > 0) return (qTable, policy, (Rounding.SecondOrder * 2 * QRadius / _problem.Temperature) + logRounding);

        double radius = BestActionsAreProved(qTable) ? 0 : double.PositiveInfinity;
        if (_problem.Ties == TieRule.Uniform) return (qTable, policy, radius);
        SoftSolution amongBest = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(_problem.AmongBest(Values), execution);
        return (qTable, amongBest.Policy, radius + amongBest.Certificate.LogPolicyRadius);
    }

    private bool BestActionsAreProved(StateActionTable q)
    {
        for (int s = 0; s < q.States; s++)
        {
            double best = SoftBackup.Best(q.Row(s), _problem.BaseRow(s));
            for (int a = 0; a < q.Actions; a++)
                if (_problem.IsAvailable(s, a) && best - q[s, a] is double gap && gap > TieTolerance && gap <= 2 * QRadius) return false;
        }

        return true;
    }
}
