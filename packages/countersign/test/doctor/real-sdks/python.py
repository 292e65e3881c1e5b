"""Where botocore, or an AWS CLI, takes its keys and region from: one set-up a line of standard input, one answer a line of output.

The first argument is "botocore" or "cli". Keys that would have to be asked for are named, never fetched.
"""
import json
import os
import sys

KEPT = {name: os.environ[name] for name in ('PATH', 'LANG', 'LC_ALL') if name in os.environ}


def session_of(profile):
    if sys.argv[1] == 'cli':
        from awscli.clidriver import create_clidriver

        session = create_clidriver().session
        if profile is not None:
            session.set_config_variable('profile', profile)
        return session
    from botocore.session import Session

    return Session(profile=profile)


def answer(setup):
    os.environ.clear()
    os.environ.update(KEPT)
    os.environ.update(setup['env'])
    found = {}
    try:
        session = session_of(setup.get('profile'))
        keys = session.get_credentials()
        if keys is None:
            found['kind'] = 'none'
        elif keys.method in ('env', 'shared-credentials-file', 'config-file'):
            found.update(kind='keys', source=keys.method, id=keys.access_key, secret=keys.secret_key, token=keys.token)
        else:
            found.update(kind='asked', source=keys.method)
    except Exception as error:
        found.update(kind='error', error=type(error).__name__)
    try:
        session = session_of(setup.get('profile'))
        found['region'] = session.get_config_variable('region')
    except Exception as error:
        found['region'] = 'error'
    # To make a client takes long.
    for service in ('s3', 'sts') if sys.argv[1] == 'botocore' and setup['endpoints'] else ():
        try:
            client = session.create_client(
                service, region_name=found['region'] or 'eu-central-1', aws_access_key_id='AKIDEXAMPLE', aws_secret_access_key='x'
            )
            found.setdefault('endpoints', {})[service] = client.meta.endpoint_url
        except Exception as error:
            found.setdefault('endpoints', {})[service] = 'error'
    return found


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
