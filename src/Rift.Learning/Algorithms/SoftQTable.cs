using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A residual Q-table that learns while it acts: soft Q-learning from transitions in the KL form.</summary>
/// <remarks>
/// <para>Q_R(s,a) starts at 0 and moves by N(s,a)^-exponent times (-stop + gamma V_R(s') - Q_R(s,a)), with V_R(s) = omega log sum_a pi0(a|s) exp(Q_R(s,a)/omega). It acts by the policy that this makes, pi proportional to
/// pi0 exp(Q_R/omega). At omega = 0: V_R = max Q_R over the actions that pi0 may take, and uniform over the best.</para>
/// <para>Not safe to share.</para>
/// </remarks>
internal sealed class SoftQTable
{
    private readonly double[] _logPrior, _q, _weights;
    private readonly int[] _visits;
    private readonly int _actions;
    private readonly double _klWeight, _discount, _stepExponent;
    private readonly StopTarget _target;

    internal SoftQTable(Policy prior, double klWeight, double discount, double stepExponent, StopTarget target, SoftQTable? warmStart = null)
    {
        _logPrior = prior.LogProbabilities.Entries.ToArray();
        _actions = prior.Actions;
        _q = warmStart is null ? new double[_logPrior.Length] : [.. warmStart._q];
        _visits = new int[_logPrior.Length];
        _weights = new double[_actions];
        _klWeight = klWeight;
        _discount = discount;
        _stepExponent = stepExponent;
        _target = target;
    }

    /// <summary>The policy that the table makes.</summary>
    internal Policy Policy
    {
        get
        {
            double[] logs = new double[_q.Length];
            for (int s = 0; s < logs.Length / _actions; s++)
            {
                Weigh(s);
                for (int a = 0; a < _actions; a++) logs[(s * _actions) + a] = Math.Log(_weights[a]);
            }

            // Weights that underflow are weights all the same, where there is a temperature.
            for (int i = 0; _klWeight > 0 && i < logs.Length; i++) logs[i] = _logPrior[i] + (_q[i] / _klWeight);
            return Policy.Softmax(new StateActionTable(logs.Length / _actions, _actions, logs));
        }
    }

    /// <summary>An action of the policy.</summary>
    internal int Act(int state, SplittableRandom random)
    {
        double left = random.NextDouble() * Weigh(state).Sum;
        int last = -1;
        for (int a = 0; a < _actions; a++)
        {
            if (_weights[a] == 0) continue;
            last = a;
            left -= _weights[a];
            if (left < 0) break;
        }

        return last;
    }

    /// <summary>One step of learning.</summary>
    internal void Observe(in Transition step)
    {
        int pair = (step.State * _actions) + step.Action;
        double target = step.Stopped ? -1 : 0;
        if (!step.Stopped || _target == StopTarget.Truncation) target += _discount * Value(step.Next);
        _q[pair] += Math.Pow(++_visits[pair], -_stepExponent) * (target - _q[pair]);
    }

    private double Value(int state)
    {
        (double largest, double sum) = Weigh(state);
        return _klWeight > 0 ? largest + (_klWeight * Math.Log(sum)) : largest;
    }

    /// <summary>Fills the weights of the actions, the largest of size one; with V_R = Largest + omega log Sum.</summary>
    private (double Largest, double Sum) Weigh(int state)
    {
        Span<double> q = _q.AsSpan(state * _actions, _actions);
        Span<double> logPrior = _logPrior.AsSpan(state * _actions, _actions);
        double largest = double.NegativeInfinity, sum = 0;
        for (int a = 0; a < _actions; a++)
        {
            _weights[a] = logPrior[a] == double.NegativeInfinity ? double.NegativeInfinity : q[a] + (_klWeight * logPrior[a]);
            largest = Math.Max(largest, _weights[a]);
        }

        for (int a = 0; a < _actions; a++)
        {
            _weights[a] = _klWeight > 0 ? Math.Exp((_weights[a] - largest) / _klWeight) : _weights[a] >= largest - QGapStrategy.Negligible ? 1 : 0;
            sum += _weights[a];
        }

        return (largest, sum);
    }
}
